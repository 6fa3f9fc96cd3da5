using System.Globalization;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Tests.Json;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Cultures;

/// <summary>The host's culture changes no answer and no text: not its dots and commas, its digits, its calendar, nor its i without a dot.</summary>
public sealed class CultureTests
{
    [Theory]
    [InlineData("tr-TR")]
    [InlineData("fr-FR")]
    [InlineData("ar-SA")]
    [InlineData("fa-IR")]
    [InlineData("th-TH")]
    [InlineData("sv-SE")]
    public void EverythingIsAsUnderTheInvariantCulture(string culture) =>
        OwnThread.WithCulture(culture, Transcript).Should().Be(OwnThread.WithCulture("", Transcript));

    [Fact]
    public void CulturesDoDifferHere()
    {
        OwnThread.WithCulture("tr-TR", () => "i".ToUpper(CultureInfo.CurrentCulture)).Should().Be("İ");
        OwnThread.WithCulture("fr-FR", () => 1.5.ToString(CultureInfo.CurrentCulture)).Should().Be("1,5");
        OwnThread.WithCulture("th-TH", () => Some.Monday.ToString("yyyy", CultureInfo.CurrentCulture)).Should().Be("2569");
    }

    private static string Transcript()
    {
        var lines = new List<string>();
        var flags = Flags().Open();
        foreach (var context in Contexts())
        {
            lines.Add(context.ToString());
            foreach (var flag in flags.Rules.Flags)
                lines.Add(flags.Explain(flag.Key, context).ToString());
            lines.Add(flags.GetFrontEndFlags(context).ToJson());
        }

        lines.AddRange(Flags().Compile().Diagnostics.Select(diagnostic => diagnostic.ToString()));
        var read = Documents.Read(Documents.Complete);
        lines.Add(System.Text.Encoding.UTF8.GetString(Documents.Write(read.Definition!)));
        lines.AddRange(SnapshotJson.Read("""{ "schema": "progressive-delivery/1", "version": 1, "flags": { "f": { "type": "INTEGER", "variants": { "a": 1.5 } } } }"""u8.ToArray()).Diagnostics.Select(diagnostic => diagnostic.ToString()));
        return string.Join('\n', lines);
    }

    private static EvaluationContext[] Contexts() =>
    [
        new("user-1") { ["name"] = "TITLE", ["n"] = -1234567, ["x"] = 0.1, ["version"] = "1.10.0", ["since"] = "2026-11-23T13:00:00+01:00", ["ip"] = "10.1.2.3", ["list"] = AttributeValue.List("I", 1.5) },
        new("user-2") { ["name"] = "tıtle", ["n"] = 1e21, ["x"] = -1e-7, ["version"] = "1.9.0", ["since"] = Some.Monday, ["ip"] = "2001:db8::1", ["list"] = AttributeValue.List("i", -2) },
        new("İ") { ["name"] = "ti\u0307tle", ["n"] = long.MinValue, ["x"] = 1234.5 },
    ];

    private static SnapshotDefinition Flags()
    {
        ConditionDefinition[] tests =
        [
            Some.That("name", AttributeOperator.Equals, "title", ignoreCase: true), Some.That("name", AttributeOperator.StartsWith, new[] { "ti" }, ignoreCase: true),
            Some.That("name", AttributeOperator.EndsWith, new[] { "İTLE", "ıtle" }, ignoreCase: true), Some.That("name", AttributeOperator.Contains, new[] { "I", "i" }),
            Some.That("name", AttributeOperator.Matches, "^t.{1,2}tle$", ignoreCase: true), Some.That("name", AttributeOperator.In, new[] { "1", "2", "3", "4", "5", "title" }, ignoreCase: true),
            Some.That("list", AttributeOperator.HasAny, new[] { "ı", "İ", "i" }, ignoreCase: true), Some.That("list", AttributeOperator.HasAll, AttributeValue.List("i", 1.5), ignoreCase: true),
            Some.That("x", AttributeOperator.AtLeast, 0.1), Some.That("n", AttributeOperator.LessThan, -1234566.5), Some.That("version", AttributeOperator.SemVer, ">=1.10.0"),
            Some.That("since", AttributeOperator.Before, "2026-11-23T12:00:00.0000001Z"), Some.That("ip", AttributeOperator.InNetwork, new[] { "10.0.0.0/8", "2001:db8::/32" }),
            new ScheduleCondition { Days = [DayOfWeek.Monday], From = new(9, 30), TimeZone = "Asia/Tehran" }, new BetweenCondition { From = Some.Monday },
        ];
        var flags = tests.Select((test, i) => (Some.Flag($"test-{i}") with { ClientVisible = true }).When(test)).ToList();
        flags.AddRange(new[] { "n", "x", "name", "/list/1" }.Select(unit => Some.Flag($"by-{unit}") with { Default = Some.Rollout(33.3333m) with { By = [unit] } }));
        flags.Add(Some.Of("number", FlagType.Number, -1234.5) with { ClientVisible = true });
        flags.Add(Some.Of("integer", FlagType.Integer, -1234567) with { ClientVisible = true });
        flags.Add(Some.Flag("malformed") with { Default = Some.Rollout(100.5m) });
        flags.Add(Some.Flag("misnamed") with { Default = "OFF" });
        flags.Add(Some.Text("ramp", "i", "İ") with { Default = new RolloutOutcome { To = "i", Steps = [new(Some.Monday.AddDays(-1), 0.5m), new(Some.Monday.AddDays(2), 99.5m)], Curve = RolloutCurve.Linear } });
        return Some.Snapshot([.. flags]);
    }
}

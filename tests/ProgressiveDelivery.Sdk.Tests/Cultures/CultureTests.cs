using System.Globalization;
using System.Text;
using ProgressiveDelivery.Sdk.Compilation;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk.Tests.Cultures;

/// <summary>Whatever culture the caller's thread has, and the one that the snapshot was read on, the answers are the same.</summary>
public sealed class CultureTests
{
    private const string Document = """
        {
          "schema": "progressive-delivery/1", "version": 1,
          "flags": {
            "fraction": { "type": "string", "variants": { "a": "A", "b": "B", "c": "C" }, "default": { "split": { "a": 1.5, "b": 2.25, "c": 3 }, "by": "ratio" } },
            "negative": { "type": "string", "variants": { "a": "A", "b": "B" }, "default": { "split": { "a": 1, "b": 1 }, "by": "below" } },
            "percent": { "type": "boolean", "variants": { "on": true, "off": false }, "default": { "rollout": { "to": "on", "percent": 33.3333 }, "else": "off" } },
            "dotted": { "type": "boolean", "variants": { "on": true }, "rules": [{ "when": { "attribute": "title", "equals": "TITLE", "ignoreCase": true }, "serve": "on" }] },
            "dotless": { "type": "boolean", "variants": { "on": true }, "rules": [{ "when": { "attribute": "title", "in": ["TİTLE", "tıtle"], "ignoreCase": true }, "serve": "on" }] },
            "prefix": { "type": "boolean", "variants": { "on": true }, "rules": [{ "when": { "attribute": "title", "startsWith": ["TI"], "ignoreCase": true }, "serve": "on" }] },
            "pattern": { "type": "boolean", "variants": { "on": true }, "rules": [{ "when": { "attribute": "title", "matches": "^TITLE$", "ignoreCase": true }, "serve": "on" }] },
            "number": { "type": "boolean", "variants": { "on": true }, "rules": [{ "when": { "attribute": "ratio", "atLeast": 0.1 }, "serve": "on" }] },
            "version": { "type": "boolean", "variants": { "on": true }, "rules": [{ "when": { "attribute": "appVersion", "semver": ">=4.2.0-rc.1 <5.0.0" }, "serve": "on" }] },
            "instant": { "type": "boolean", "variants": { "on": true }, "rules": [{ "when": { "attribute": "signedUp", "before": "2026-06-01T00:00:00.5+02:00" }, "serve": "on" }] },
            "schedule": { "type": "boolean", "variants": { "on": true }, "rules": [{ "when": { "schedule": { "days": ["Mon"], "from": "09:00", "to": "17:00", "timeZone": "Europe/Amsterdam" } }, "serve": "on" }] },
            "value": { "type": "number", "variants": { "x": 1234.5 }, "default": "x" }
          }
        }
        """;

    private static readonly EvaluationContext User = new("kişi-1")
    {
        ["title"] = "title",
        ["ratio"] = 0.5,
        ["below"] = -1234567,
        ["appVersion"] = "4.10.2",
        ["signedUp"] = "2026-01-31T12:00:00.25Z",
    };

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("fr-FR")]
    [InlineData("ar-SA")]
    [InlineData("fa-IR")]
    [InlineData("th-TH")]
    public void AnswersAndExplanationsAreTheSameEverywhere(string culture)
    {
        var expected = In(CultureInfo.InvariantCulture, Answers);

        var answers = In(CultureInfo.GetCultureInfo(culture), Answers);

        answers.Should().Equal(expected);
    }

    [Fact]
    public void AnswersAreWhatTheyShouldBe()
    {
        var on = In(CultureInfo.GetCultureInfo("tr-TR"), Open).GetClientFlags(User);

        on.ToJson().Should().Be("""{"version":1,"flags":{}}""", "no flag is for front ends");
        In(CultureInfo.GetCultureInfo("tr-TR"), Switches).Should().Equal("dotted", "prefix", "pattern", "number", "version", "instant", "schedule");
    }

    private static string[] Switches()
    {
        var features = Open();
        return [.. new[] { "dotted", "dotless", "prefix", "pattern", "number", "version", "instant", "schedule" }.Where(key => features.IsEnabled(key, User))];
    }

    private static string[] Answers()
    {
        var features = Open();
        return [.. features.Rules.Flags.Select(flag => features.Explain(flag.Key, User).ToString())];
    }

    private static FeatureSnapshot Open()
    {
        var definition = SnapshotJson.Read(Encoding.UTF8.GetBytes(Document)).Definition!;
        var rules = SnapshotCompiler.Compile(definition, new()).Rules;
        rules.Flags.Should().OnlyContain(flag => !flag.IsQuarantined);
        return new(rules, SnapshotOrigin.Source, Some.Services());
    }

    private static T In<T>(CultureInfo culture, Func<T> read)
    {
        T result = default!;
        var thread = new Thread(() => result = read()) { CurrentCulture = culture, CurrentUICulture = culture };
        thread.Start();
        thread.Join();
        return result;
    }
}

using System.Text.Json;
using ProgressiveDelivery.Sdk.Analysis.Data;

namespace ProgressiveDelivery.Sdk.Analysis.Tests.Queries.Support;

/// <summary>Events and a plan whose names would do harm as part of a statement. Each name is that of everything at once.</summary>
internal static class HostileNames
{
    public static readonly string[] WithoutNul =
    [
        "'; DROP TABLE events; --", "\\'; DROP TABLE events; --", "$$ || pg_sleep(9) || $$", "@experiment $experiment {name:String} ?", "\"\\\n\t\r`%_", "é世🚀", "NULL", "\\N", "' OR '1'='1",
    ];

    /// <summary>With a NUL, which PostgreSQL has no texts with.</summary>
    public static readonly string[] All = [.. WithoutNul, "a\0b"];

    /// <summary>Gives two units for each name, one of them with an outcome, all in one experiment with the first name.</summary>
    public static (string[] Lines, ExperimentPlan Plan) Make(string[] names)
    {
        var lines = new List<string>();
        foreach (var (name, i) in names.Select((name, i) => (name, i)))
        {
            foreach (var (unit, variant) in (IEnumerable<(string, string)>)[($"{name}{i}", names[0]), ($"{name}{i}+", names[1])])
            {
                lines.Add(Line("exposure", unit, names[0], new() { ["flag"] = name, ["experiment"] = names[0], ["variant"] = variant }));
                lines.Add(Line("outcome", unit, names[0], new() { ["metric"] = name, ["value"] = 2, ["attributes"] = new Dictionary<string, string> { [name] = name } }));
            }
        }
        var plan = Plans.Simple with
        {
            Experiment = names[0],
            UnitKind = names[0],
            Variants = [new(names[0], 1), new(names[1], 1)],
            Metrics = [.. names.Select((name, i) => new Metric
            {
                Key = name,
                Kind = MetricKind.Mean,
                Role = i == 0 ? MetricRole.Primary : MetricRole.Secondary,
                Outcomes = new(name) { Attributes = new Dictionary<string, string> { [name] = name } },
            })],
        };
        return ([.. lines], plan);
    }

    /// <summary>Fails unless each name was found as it is.</summary>
    public static void ShouldBeCounted(ExperimentData data)
    {
        var count = data.Variants[0].Metrics.Count;
        data.Counts.ExposuresKept.Should().Be(2 * count);
        data.Counts.OutcomesKept.Should().Be(2 * count);
        foreach (var variant in data.Variants)
        {
            variant.Units.Should().Be(count);
            variant.Metrics.Values.Should().OnlyContain(metric => metric.Total!.Sum == 2);
        }
    }

    private static string Line(string type, string unit, string unitKind, Dictionary<string, object> more)
    {
        var line = new Dictionary<string, object> { ["type"] = type, ["id"] = unit, ["time"] = "2026-03-03T00:00:00Z", ["unit"] = unit, ["unitKind"] = unitKind };
        foreach (var (name, value) in more)
            line[name] = value;
        return JsonSerializer.Serialize(line);
    }
}

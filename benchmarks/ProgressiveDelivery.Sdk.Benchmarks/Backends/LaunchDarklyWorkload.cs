using System.Globalization;
using System.Text;
using ProgressiveDelivery.Sdk.Backends.LaunchDarkly;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Benchmarks.Backends;

/// <summary>LaunchDarkly: a quarter of the callers by a percentage rollout of the fall-through.</summary>
internal sealed class LaunchDarklyWorkload : IBackendWorkload
{
    private const string Rollout = """
        "rollout": { "key": "rollout", "version": 1, "on": true, "salt": "abc", "variations": [true, false], "offVariation": 1,
          "fallthrough": { "rollout": { "variations": [{ "variation": 0, "weight": 25000 }, { "variation": 1, "weight": 75000 }] } } }
        """;

    private static readonly string[] Rules =
    [
        "",
        """{ "id": "a", "variation": 0, "clauses": [{ "attribute": "country", "op": "in", "values": ["NL", "BE", "LU"] }] }""",
        """{ "id": "a", "variation": 0, "clauses": [{ "attribute": "age", "op": "greaterThanOrEqual", "values": [18] }, { "attribute": "", "op": "segmentMatch", "values": ["europe"] }] }""",
        """{ "id": "a", "rollout": { "variations": [{ "variation": 0, "weight": 50000 }, { "variation": 1, "weight": 50000 }] }, "clauses": [{ "attribute": "version", "op": "semVerGreaterThan", "values": ["4.2.0"] }] }""",
    ];

    public string Vendor => "LaunchDarkly";

    public ISnapshotFormat Format { get; } = new LaunchDarklyFormat();

    public double Share => 0.25;

    public byte[] Document(int flags)
    {
        var text = new StringBuilder("{ \"segments\": { \"europe\": { \"key\": \"europe\", \"version\": 1, \"salt\": \"s\", \"included\": [], \"excluded\": [], \"rules\": [{ \"clauses\": [{ \"attribute\": \"country\", \"op\": \"in\", \"values\": [\"NL\", \"DE\"] }] }] } }, \"flags\": { ").Append(Rollout);
        for (var i = 1; i < flags; i++)
            text.Append(CultureInfo.InvariantCulture, $", \"flag-{i}\": {{ \"key\": \"flag-{i}\", \"version\": 1, \"on\": true, \"salt\": \"s\", \"variations\": [true, false], \"offVariation\": 1, \"fallthrough\": {{ \"variation\": 1 }}, \"rules\": [{Rules[i % Rules.Length]}] }}");
        return Encoding.UTF8.GetBytes(text.Append(" } }").ToString());
    }

    public EvaluationContext Context(int index) => new(string.Create(CultureInfo.InvariantCulture, $"user-{index}")) { ["country"] = index % 2 == 0 ? "NL" : "DE", ["age"] = 42 };

    public int Ask(IFeatureEvaluator flags, EvaluationContext context) => flags.IsEnabled("rollout", context) ? 1 : 0;
}

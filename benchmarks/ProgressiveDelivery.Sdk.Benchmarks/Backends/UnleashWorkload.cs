using System.Globalization;
using System.Text;
using ProgressiveDelivery.Sdk.Backends.Unleash;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Benchmarks.Backends;

/// <summary>Unleash: a quarter of the callers by <c>flexibleRollout</c>.</summary>
internal sealed class UnleashWorkload : IBackendWorkload
{
    private const string Rollout = """
        { "name": "rollout", "enabled": true, "strategies": [{ "name": "flexibleRollout", "parameters": { "rollout": "25", "stickiness": "default", "groupId": "rollout" } }] }
        """;

    private static readonly string[] Strategies =
    [
        """{ "name": "default" }""",
        """{ "name": "default", "constraints": [{ "contextName": "country", "operator": "IN", "values": ["NL", "BE", "LU"] }] }""",
        """{ "name": "default", "constraints": [{ "contextName": "age", "operator": "NUM_GTE", "value": "18" }], "segments": [1] }""",
        """{ "name": "flexibleRollout", "parameters": { "rollout": "10", "stickiness": "default" }, "variants": [{ "name": "a", "weight": 500 }, { "name": "b", "weight": 500 }] }""",
    ];

    public string Vendor => "Unleash";

    public ISnapshotFormat Format { get; } = new UnleashFormat();

    public double Share => 0.25;

    public byte[] Document(int flags)
    {
        var text = new StringBuilder("{ \"version\": 2, \"segments\": [{ \"id\": 1, \"constraints\": [{ \"contextName\": \"country\", \"operator\": \"NOT_IN\", \"values\": [\"US\"] }] }], \"features\": [ ").Append(Rollout);
        for (var i = 1; i < flags; i++)
            text.Append(CultureInfo.InvariantCulture, $", {{ \"name\": \"flag-{i}\", \"enabled\": true, \"strategies\": [{Strategies[i % Strategies.Length]}] }}");
        return Encoding.UTF8.GetBytes(text.Append(" ] }").ToString());
    }

    public EvaluationContext Context(int index) => new(string.Create(CultureInfo.InvariantCulture, $"user-{index}")) { ["country"] = index % 2 == 0 ? "NL" : "DE", ["age"] = 42 };

    public int Ask(IFeatureEvaluator flags, EvaluationContext context) => flags.IsEnabled("rollout", context) ? 1 : 0;
}

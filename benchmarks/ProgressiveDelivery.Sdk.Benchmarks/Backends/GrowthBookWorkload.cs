using System.Globalization;
using System.Text;
using ProgressiveDelivery.Sdk.Backends.GrowthBook;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Benchmarks.Backends;

/// <summary>GrowthBook: a quarter of the callers by coverage.</summary>
internal sealed class GrowthBookWorkload : IBackendWorkload
{
    private const string Rollout = """
        "rollout": { "defaultValue": false, "rules": [{ "force": true, "coverage": 0.25, "hashVersion": 2, "seed": "rollout" }] }
        """;

    private static readonly string[] Rules =
    [
        "",
        """{ "condition": { "country": "NL" }, "force": true }""",
        """{ "condition": { "country": { "$in": ["NL", "BE", "LU"] }, "age": { "$gte": 18 } }, "force": true }""",
        """{ "condition": { "version": { "$vgt": "4.2.0" } }, "key": "test", "variations": [false, true], "weights": [0.5, 0.5] }""",
    ];

    public string Vendor => "GrowthBook";

    public ISnapshotFormat Format { get; } = new GrowthBookFormat();

    public double Share => 0.25;

    public byte[] Document(int flags)
    {
        var text = new StringBuilder("{ \"status\": 200, \"features\": { ").Append(Rollout);
        for (var i = 1; i < flags; i++)
            text.Append(CultureInfo.InvariantCulture, $", \"flag-{i}\": {{ \"defaultValue\": false, \"rules\": [{Rules[i % Rules.Length]}] }}");
        return Encoding.UTF8.GetBytes(text.Append(" } }").ToString());
    }

    public EvaluationContext Context(int index) => new(string.Create(CultureInfo.InvariantCulture, $"user-{index}")) { ["country"] = index % 2 == 0 ? "NL" : "DE", ["age"] = 42 };

    public int Ask(IFeatureEvaluator flags, EvaluationContext context) => flags.IsEnabled("rollout", context) ? 1 : 0;
}

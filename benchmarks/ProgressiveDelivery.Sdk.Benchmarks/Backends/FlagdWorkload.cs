using System.Globalization;
using System.Text;
using ProgressiveDelivery.Sdk.Backends.Flagd;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Benchmarks.Backends;

/// <summary>flagd: a quarter of the callers by <c>fractional</c>, the bucketing value put together from the flag's key and the targeting key.</summary>
internal sealed class FlagdWorkload : IBackendWorkload
{
    private const string Rollout = """
        "rollout": { "state": "ENABLED", "variants": { "on": true, "off": false }, "defaultVariant": "off",
          "targeting": { "fractional": [{ "cat": [{ "var": "$flagd.flagKey" }, { "var": "targetingKey" }] }, ["on", 25], ["off", 75]] } }
        """;

    private static readonly string[] Targetings =
    [
        "{}",
        """{ "if": [{ "==": [{ "var": "country" }, "NL"] }, "on"] }""",
        """{ "if": [{ "and": [{ "in": [{ "var": "country" }, ["NL", "BE", "LU"]] }, { ">=": [{ "var": "age" }, 18] }] }, "on", "off"] }""",
        """{ "if": [{ "sem_ver": [{ "var": "version" }, ">=", "4.2.0"] }, "on", { "if": [{ "starts_with": [{ "var": "targetingKey" }, "beta-"] }, "on"] }] }""",
        """{ "fractional": [["on", 1], ["off", 9]] }""",
    ];

    public string Vendor => "flagd";

    public ISnapshotFormat Format { get; } = new FlagdFormat();

    public double Share => 0.25;

    public byte[] Document(int flags)
    {
        var text = new StringBuilder("{ \"flags\": { ").Append(Rollout);
        for (var i = 1; i < flags; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $", \"flag-{i}\": {{ \"state\": \"ENABLED\", \"variants\": {{ \"on\": true, \"off\": false }}, \"defaultVariant\": \"off\", \"targeting\": ")
                .Append(Targetings[i % Targetings.Length]).Append(" }");
        }

        return Encoding.UTF8.GetBytes(text.Append(" } }").ToString());
    }

    public EvaluationContext Context(int index) => new(string.Create(CultureInfo.InvariantCulture, $"user-{index}")) { ["country"] = index % 2 == 0 ? "NL" : "DE", ["age"] = 42 };

    public int Ask(IFeatureEvaluator flags, EvaluationContext context) => flags.IsEnabled("rollout", context) ? 1 : 0;
}

using System.Globalization;
using System.Text;
using ProgressiveDelivery.Sdk.Backends.MicrosoftFeatureManagement;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Benchmarks.Backends;

/// <summary>Microsoft Feature Management: a quarter of the callers by targeting.</summary>
internal sealed class FeatureManagementWorkload : IBackendWorkload
{
    private const string Rollout = """
        { "id": "rollout", "enabled": true, "conditions": { "client_filters": [{ "name": "Microsoft.Targeting", "parameters": { "Audience": { "Users": [], "Groups": [], "DefaultRolloutPercentage": 25 } } }] } }
        """;

    private static readonly string[] Members =
    [
        "\"enabled\": true",
        """ "enabled": true, "conditions": { "client_filters": [{ "name": "Microsoft.TimeWindow", "parameters": { "Start": "Thu, 01 Jan 2026 00:00:00 GMT" } }] } """,
        """ "enabled": true, "conditions": { "requirement_type": "All", "client_filters": [{ "name": "Microsoft.Targeting", "parameters": { "Audience": { "Groups": [{ "Name": "beta", "RolloutPercentage": 50 }], "DefaultRolloutPercentage": 5 } } }] } """,
        """ "enabled": true, "variants": [{ "name": "a", "configuration_value": "A" }, { "name": "b", "configuration_value": "B" }], "allocation": { "default_when_enabled": "a", "percentile": [{ "variant": "b", "from": 0, "to": 50 }] } """,
    ];

    public string Vendor => "Microsoft";

    public ISnapshotFormat Format { get; } = new FeatureManagementFormat();

    public double Share => 0.25;

    public byte[] Document(int flags)
    {
        var text = new StringBuilder("{ \"feature_management\": { \"feature_flags\": [ ").Append(Rollout);
        for (var i = 1; i < flags; i++)
            text.Append(CultureInfo.InvariantCulture, $", {{ \"id\": \"flag-{i}\", {Members[i % Members.Length]} }}");
        return Encoding.UTF8.GetBytes(text.Append(" ] } }").ToString());
    }

    public EvaluationContext Context(int index) => new(string.Create(CultureInfo.InvariantCulture, $"user-{index}")) { ["country"] = index % 2 == 0 ? "NL" : "DE", ["age"] = 42 };

    public int Ask(IFeatureEvaluator flags, EvaluationContext context) => flags.IsEnabled("rollout", context) ? 1 : 0;
}

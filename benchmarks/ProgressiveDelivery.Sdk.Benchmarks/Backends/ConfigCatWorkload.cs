using System.Globalization;
using System.Text;
using ProgressiveDelivery.Sdk.Backends.ConfigCat;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Benchmarks.Backends;

/// <summary>ConfigCat: a quarter of the callers by percentage options.</summary>
internal sealed class ConfigCatWorkload : IBackendWorkload
{
    private const string Rollout = """
        "rollout": { "t": 0, "p": [{ "p": 25, "v": { "b": true } }, { "p": 75, "v": { "b": false } }], "v": { "b": false } }
        """;

    private static readonly string[] Rules =
    [
        "",
        """{ "c": [{ "u": { "a": "Country", "c": 28, "s": "NL" } }], "s": { "v": { "b": true } } }""",
        """{ "c": [{ "u": { "a": "Country", "c": 0, "l": ["NL", "BE"] } }, { "u": { "a": "age", "c": 15, "d": 18 } }], "s": { "v": { "b": true } } }""",
        """{ "c": [{ "s": { "s": 0, "c": 0 } }], "p": [{ "p": 50, "v": { "b": true } }, { "p": 50, "v": { "b": false } }] }""",
    ];

    public string Vendor => "ConfigCat";

    public ISnapshotFormat Format { get; } = new ConfigCatFormat();

    public double Share => 0.25;

    public byte[] Document(int flags)
    {
        var text = new StringBuilder("{ \"p\": { \"u\": \"https://cdn-global.configcat.com\", \"r\": 0, \"s\": \"c2FsdA==\" }, \"s\": [{ \"n\": \"europe\", \"r\": [{ \"a\": \"Country\", \"c\": 0, \"l\": [\"NL\", \"DE\"] }] }], \"f\": { ").Append(Rollout);
        for (var i = 1; i < flags; i++)
            text.Append(CultureInfo.InvariantCulture, $", \"flag-{i}\": {{ \"t\": 0, \"r\": [{Rules[i % Rules.Length]}], \"v\": {{ \"b\": false }} }}");
        return Encoding.UTF8.GetBytes(text.Append(" } }").ToString());
    }

    public EvaluationContext Context(int index) => new(string.Create(CultureInfo.InvariantCulture, $"user-{index}")) { ["Country"] = index % 2 == 0 ? "NL" : "DE", ["age"] = 42 };

    public int Ask(IFeatureEvaluator flags, EvaluationContext context) => flags.IsEnabled("rollout", context) ? 1 : 0;
}

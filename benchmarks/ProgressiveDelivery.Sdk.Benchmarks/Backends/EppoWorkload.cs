using System.Globalization;
using System.Text;
using ProgressiveDelivery.Sdk.Backends.Eppo;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Benchmarks.Backends;

/// <summary>Eppo: a quarter of the callers by a shard.</summary>
internal sealed class EppoWorkload : IBackendWorkload
{
    private const string Variations = """
        "enabled": true, "variationType": "BOOLEAN", "totalShards": 10000, "variations": { "on": { "key": "on", "value": true }, "off": { "key": "off", "value": false } }
        """;

    private const string Rollout = $$"""
        "rollout": { "key": "rollout", {{Variations}}, "allocations": [{ "key": "part", "doLog": true, "splits": [
          { "variationKey": "on", "shards": [{ "salt": "rollout", "ranges": [{ "start": 0, "end": 2500 }] }] } ] }] }
        """;

    private static readonly string[] Allocations =
    [
        """{ "key": "all", "doLog": false, "splits": [{ "variationKey": "on", "shards": [] }] }""",
        """{ "key": "benelux", "doLog": false, "rules": [{ "conditions": [{ "attribute": "country", "operator": "ONE_OF", "value": ["NL", "BE", "LU"] }] }], "splits": [{ "variationKey": "on", "shards": [] }] }""",
        """{ "key": "adults", "doLog": false, "rules": [{ "conditions": [{ "attribute": "age", "operator": "GTE", "value": 18 }, { "attribute": "country", "operator": "MATCHES", "value": "^[A-Z]{2}$" }] }], "splits": [{ "variationKey": "on", "shards": [] }] }""",
        """{ "key": "test", "doLog": true, "splits": [{ "variationKey": "on", "shards": [{ "salt": "t", "ranges": [{ "start": 0, "end": 5000 }] }] }, { "variationKey": "off", "shards": [] }] }""",
    ];

    public string Vendor => "Eppo";

    public ISnapshotFormat Format { get; } = new EppoFormat();

    public double Share => 0.25;

    public byte[] Document(int flags)
    {
        var text = new StringBuilder("{ \"createdAt\": \"2026-01-01T00:00:00Z\", \"format\": \"SERVER\", \"environment\": { \"name\": \"Test\" }, \"flags\": { ").Append(Rollout);
        for (var i = 1; i < flags; i++)
            text.Append(CultureInfo.InvariantCulture, $", \"flag-{i}\": {{ \"key\": \"flag-{i}\", {Variations}, \"allocations\": [{Allocations[i % Allocations.Length]}] }}");
        return Encoding.UTF8.GetBytes(text.Append(" } }").ToString());
    }

    public EvaluationContext Context(int index) => new(string.Create(CultureInfo.InvariantCulture, $"user-{index}")) { ["country"] = index % 2 == 0 ? "NL" : "DE", ["age"] = 42 };

    public int Ask(IFeatureEvaluator flags, EvaluationContext context) => flags.IsEnabled("rollout", context) ? 1 : 0;
}

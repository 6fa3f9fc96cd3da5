using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.Backends.LaunchDarkly;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.Backends.Tests.LaunchDarkly;

/// <summary>A kind <c>host</c> of LaunchDarkly's is one of the context, as in its own libraries, and never the process that evaluates.</summary>
public sealed class LaunchDarklyHostKindTests
{
    private const string Document = """
        {"segments": {}, "flags": {"f": {"key": "f", "version": 1, "on": true, "salt": "s", "variations": [false, true], "offVariation": 0, "fallthrough": {"variation": 0},
          "rules": [ {"id": "r", "variation": 1, "clauses": [ {"contextKind": "host", "attribute": "region", "op": "in", "values": ["west-europe"]} ]} ] } } }
        """;

    [Fact]
    public async Task KindIsTheContextsAlone()
    {
        await using var services = new ServiceCollection()
            .AddProgressiveDelivery(flags => flags.From(_ => new InMemorySnapshotSource(Document, new LaunchDarklyFormat())).DescribeHost(host => host.Facts["region"] = "west-europe"))
            .BuildServiceProvider();
        var client = services.GetRequiredService<IFeatureClient>();
        var user = new EvaluationContext("u");

        client.IsEnabled("f", user.WithKind("host", new EvaluationContext("web-1") { ["region"] = "west-europe" })).Should().BeTrue();
        client.IsEnabled("f", user).Should().BeFalse();
    }
}

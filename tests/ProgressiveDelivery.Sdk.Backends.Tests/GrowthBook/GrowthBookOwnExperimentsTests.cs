using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.Backends.GrowthBook;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.Backends.Tests.GrowthBook;

/// <summary>What people keep, and where addresses lead.</summary>
public sealed class GrowthBookOwnExperimentsTests
{
    private const string Split = """
        {"features":{"f":{"defaultValue":"none","rules":[{"key":"exp","variations":["a","b"],"weights":WEIGHTS,"hashAttribute":"account","fallbackAttribute":"device","meta":[{"key":"0"},{"key":"1"}]}]} } }
        """;

    private const string Redirects = """
        {"features":{},"experiments":[
          {"key":"kept","variations":[{},{"urlRedirect":"https://shop.example.com/new?a=9"}],"weights":[0,1],"persistQueryString":true,"urlPatterns":[{"type":"simple","pattern":"/old","include":true},{"type":"simple","pattern":"/old?stay=*1","include":false}]},
          {"key":"control","variations":[{},{"urlRedirect":"/elsewhere"}],"weights":[1,0],"urlPatterns":[{"type":"simple","pattern":"/control","include":true}]},
          {"key":"round","variations":[{},{"urlRedirect":"https://shop.example.com/round/2"}],"weights":[0,1],"urlPatterns":[{"type":"simple","pattern":"/round/*","include":true}]}]}
        """;

    [Theory]
    [InlineData(true, "a")]
    [InlineData(false, "b")]
    public async Task VariationIsKeptWhereThatIsAskedFor(bool isSticky, string second)
    {
        var source = new InMemorySnapshotSource(Split.Replace("WEIGHTS", "[1,0]", StringComparison.Ordinal), new GrowthBookFormat { StickyBucketing = isSticky });
        var client = await StartAsync(source);
        var ada = EvaluationContext.Empty.With("account", "ada").With("device", "phone");
        client.GetString("f", ada, "?").Should().Be("a");

        var before = client.Status.SnapshotVersion;
        source.Set(Split.Replace("WEIGHTS", "[0,1]", StringComparison.Ordinal));
        await Until.HoldsAsync(() => client.Status.SnapshotVersion != before);

        client.GetString("f", ada, "?").Should().Be(second);
        client.GetString("f", EvaluationContext.Empty.With("device", "phone"), "?").Should().Be(isSticky ? "b" : "none", "the device counts only where variations are kept");
        client.GetGrowthBookResult("f", ada).ExperimentResult.Should().Contain($"\"stickyBucketUsed\":{(isSticky ? "true" : "false")}");
    }

    [Theory]
    [InlineData("https://shop.example.com/old", "https://shop.example.com/new?a=9")]
    [InlineData("https://shop.example.com/old/?a=1&b=2#top", "https://shop.example.com/new?a=9&b=2")]
    [InlineData("https://shop.example.com/old?stay=1", null)]
    [InlineData("https://shop.example.com/control", null)]
    [InlineData("https://shop.example.com/round/1", null)]
    [InlineData("https://shop.example.com/", null)]
    [InlineData(null, null)]
    public async Task VisitorIsSentWhereTheFirstExperimentSays(string? address, string? to)
    {
        var client = await StartAsync(new(Redirects, new GrowthBookFormat()));
        var visitor = new EvaluationContext("ada").With("growthbook", address is null ? default : AttributeValue.Object([new("url", address)]));

        var redirect = client.GetGrowthBookRedirect(visitor);

        redirect?.FullAddress.Should().Be(to);
        (redirect is null).Should().Be(to is null);
        if (redirect is not null)
            (redirect.Experiment, redirect.Variation, redirect.Address).Should().Be(("kept", 1, "https://shop.example.com/new?a=9"));
    }

    [Fact]
    public async Task PayloadWithoutRedirectsSendsNobody()
    {
        var client = await StartAsync(new("""{"features":{} }""", new GrowthBookFormat()));

        client.GetGrowthBookRedirect(new EvaluationContext("ada").With("growthbook", AttributeValue.Object([new("url", "https://shop.example.com/old")]))).Should().BeNull();
    }

    private static async Task<IFeatureClient> StartAsync(InMemorySnapshotSource source)
    {
        var client = new ServiceCollection().AddLogging().AddProgressiveDelivery(flags => flags.From(_ => source)).BuildServiceProvider().GetRequiredService<IFeatureClient>();
        (await client.WaitUntilReadyAsync(TimeSpan.FromSeconds(30))).State.Should().Be(FeatureClientState.Ready);
        return client;
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace ProgressiveDelivery.Sdk.Backends.Tests.Peers;

/// <summary>Vendors' own libraries and ours, asked the same against the same loopback server.</summary>
[Trait("Category", "Long")]
public sealed class NodeLibraryTests(ITestOutputHelper output) : IDisposable
{
    private const int Contexts = 1_000;
    private const string Key = "configcat-sdk-1/AAAAAAAAAAAAAAAAAAAAAA/BBBBBBBBBBBBBBBBBBBBBB";

    private readonly ScriptedHttpServer _server = new();

    public void Dispose() => _server.Dispose();

    [NodePeersTheory]
    [InlineData("growthbook")]
    [InlineData("launchdarkly")]
    [InlineData("configcat")]
    public async Task EveryAnswerIsTheirs(string vendor)
    {
        var document = await File.ReadAllTextAsync(Repository.PathOf("tests", "ProgressiveDelivery.Sdk.Backends.Tests", "Peers", "Documents", $"{vendor}.json"));
        _server.Otherwise(Reply.Ok(document));
        await using var services = new ServiceCollection().AddProgressiveDelivery(flags => Register(flags, vendor)).BuildServiceProvider();
        var client = services.GetRequiredService<IFeatureClient>();
        (await client.WaitUntilReadyAsync(TimeSpan.FromSeconds(30))).State.Should().Be(FeatureClientState.Ready);
        var (flags, contexts) = (FlagsOf(vendor, document), (PeerContext[])[.. PeerContext.Some(Contexts), .. PeerContext.Odd]);

        var theirs = await NodeLibrary.AskAsync($"{vendor}.mjs", _server.Address, Key, flags, contexts);

        var differences = new List<string>();
        var distinct = flags.ToDictionary(flag => flag, _ => new HashSet<string>(), StringComparer.Ordinal);
        for (var i = 0; i < contexts.Length; i++)
        {
            foreach (var flag in flags)
            {
                var (their, our) = (theirs[i][flag], JsonNode.Parse(client.Explain(flag, contexts[i].Ours()).Value ?? "null"));
                distinct[flag].Add(their?.ToJsonString() ?? "null");
                if (!JsonNode.DeepEquals(their, our))
                    differences.Add($"{flag} of {contexts[i].Json().ToJsonString()}: theirs {their?.ToJsonString()}, ours {our?.ToJsonString()}");
            }
        }

        output.WriteLine($"{vendor}: {contexts.Length} contexts, {flags.Length} flags, {(contexts.Length * flags.Length) - differences.Count} of {contexts.Length * flags.Length} answers agree.");
        differences.Should().BeEmpty();
        distinct.Where(flag => flag.Value.Count == 1).Select(flag => flag.Key).Should().BeSubsetOf(["off"], "a flag that answers everybody alike compares nothing");
    }

    [NodePeersTheory]
    [InlineData("simple", "http://www.example.com/home")]
    [InlineData("simple", "/home")]
    [InlineData("simple", "home*")]
    [InlineData("simple", "www.example.com/*")]
    [InlineData("simple", "*.example.com/shop/*/item")]
    [InlineData("simple", "/search?q=shoes")]
    [InlineData("simple", "/search?q=*&page=2")]
    [InlineData("simple", "http://www.example.com/#top")]
    [InlineData("simple", "http://localhost:8080/a")]
    [InlineData("simple", "/a.b")]
    [InlineData("regex", "^/home$")]
    [InlineData("regex", "shop/.*/item")]
    [InlineData("regex", "^https://[^/]+/home")]
    public async Task AddressesOfAnExperimentAreThose(string type, string pattern)
    {
        string[] addresses =
        [
            "http://www.example.com/home", "https://www.example.com/home/", "http://www.example.com/HOME?x=1", "http://www.example.com/home-new", "http://www.example.com",
            "http://www.example.com/", "http://www.example.com/#top", "http://www.example.com/#bottom", "https://shop.example.com/shop/12/item", "https://example.com/shop/12/item",
            "http://www.example.com/search?q=shoes", "http://www.example.com/search?page=2&q=boots", "http://www.example.com/search?q=shoes2", "http://www.example.com/search",
            "http://localhost:8080/a", "http://localhost/a", "http://www.example.com/axb", "http://www.example.com/a.b", "https://other.example.org/home",
        ];
        var patterns = new JsonArray(new JsonObject { ["type"] = type, ["pattern"] = pattern, ["include"] = true });
        _server.Otherwise(Reply.Ok(new JsonObject
        {
            ["features"] = new JsonObject(),
            ["experiments"] = new JsonArray(new JsonObject { ["key"] = "e", ["variations"] = new JsonArray(0, 1), ["weights"] = new JsonArray(0, 1), ["urlPatterns"] = patterns.DeepClone() }),
        }.ToJsonString()));
        await using var services = new ServiceCollection().AddProgressiveDelivery(flags => Register(flags, "growthbook")).BuildServiceProvider();
        var client = services.GetRequiredService<IFeatureClient>();
        await client.WaitUntilReadyAsync(TimeSpan.FromSeconds(30));

        var question = patterns.ToJsonString();
        var theirs = await NodeLibrary.AskAsync("growthbook-urls.mjs", _server.Address, Key, [question], addresses.Select(address => new PeerContext(address, [], null)));

        theirs.Should().Contain(answer => answer[question]!.GetValue<bool>()).And.Contain(answer => !answer[question]!.GetValue<bool>());
        addresses.Where(address => client.GetInteger("e", new EvaluationContext("u").With("growthbook", AttributeValue.Object([new("url", address)])), 0) == 1)
            .Should().Equal(addresses.Where((_, i) => theirs[i][question]!.GetValue<bool>()));
    }

    private void Register(ProgressiveDeliveryBuilder flags, string vendor)
    {
        var address = _server.Address.GetLeftPart(UriPartial.Authority);
        _ = vendor switch
        {
            "growthbook" => flags.FromGrowthBook(options => (options.Address, options.ClientKey) = (new(address), Key)),
            "launchdarkly" => flags.FromLaunchDarkly(options => (options.Address, options.SdkKey) = (new(address), Key)),
            _ => flags.FromConfigCat(options => (options.Address, options.SdkKey) = (new(address), Key)),
        };
    }

    private static string[] FlagsOf(string vendor, string document)
    {
        using var json = JsonDocument.Parse(document);
        var flags = json.RootElement.GetProperty(vendor switch { "growthbook" => "features", "launchdarkly" => "flags", _ => "f" });
        return [.. flags.EnumerateObject().Select(flag => flag.Name)];
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.Backends.ConfigCat;
using ProgressiveDelivery.Sdk.Backends.GrowthBook;
using ProgressiveDelivery.Sdk.Backends.LaunchDarkly;
using Xunit.Abstractions;

namespace ProgressiveDelivery.Sdk.Backends.Tests.Peers;

/// <summary>Vendors' own libraries and ours, asked the same against the same loopback server.</summary>
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
        var (flags, contexts) = (FlagsOf(vendor, document), PeerContext.Some(Contexts));

        var theirs = await NodeLibrary.AskAsync($"{vendor}.mjs", _server.Address, Key, flags, contexts);

        var differences = new List<string>();
        var distinct = flags.ToDictionary(flag => flag, _ => new HashSet<string>(), StringComparer.Ordinal);
        for (var i = 0; i < contexts.Count; i++)
        {
            foreach (var flag in flags)
            {
                var (their, our) = (theirs[i][flag], JsonNode.Parse(client.Explain(flag, contexts[i].Ours()).Value ?? "null"));
                distinct[flag].Add(their?.ToJsonString() ?? "null");
                if (!JsonNode.DeepEquals(their, our))
                    differences.Add($"{flag} of {contexts[i].Json().ToJsonString()}: theirs {their?.ToJsonString()}, ours {our?.ToJsonString()}");
            }
        }

        output.WriteLine($"{vendor}: {Contexts} contexts, {flags.Length} flags, {(Contexts * flags.Length) - differences.Count} of {Contexts * flags.Length} answers agree.");
        differences.Should().BeEmpty();
        distinct.Where(flag => flag.Value.Count == 1).Select(flag => flag.Key).Should().BeSubsetOf(["off"], "a flag that answers everybody alike compares nothing");
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

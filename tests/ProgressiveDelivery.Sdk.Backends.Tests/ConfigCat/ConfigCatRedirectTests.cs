using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.Backends.ConfigCat;

namespace ProgressiveDelivery.Sdk.Backends.Tests.ConfigCat;

/// <summary>Configs that are to be read elsewhere.</summary>
public sealed class ConfigCatRedirectTests : IDisposable
{
    private readonly ScriptedHttpServer _asked = new();
    private readonly ScriptedHttpServer _other = new();

    public void Dispose()
    {
        _asked.Dispose();
        _other.Dispose();
    }

    [Fact]
    public async Task RedirectThatInsistsIsFollowedAndKept()
    {
        _asked.Otherwise(Reply.Ok(Config(2, _other, false)));
        _other.Then(Reply.Ok(Config(2, _other, true), "ETag: \"1\"")).Otherwise(Reply.NotModified());
        await using var services = Services();
        var client = services.GetRequiredService<IFeatureClient>();
        await client.WaitUntilReadyAsync(TimeSpan.FromSeconds(30));

        client.IsEnabled("f", new EvaluationContext("u")).Should().BeTrue();
        var (first, second) = (await _other.RequestAsync(), await _other.RequestAsync());
        first.Target.Should().Be("/configuration-files/key/config_v6.json");
        second["If-None-Match"].Should().Be("\"1\"");
        _asked.Served.Should().Be(1, "the next poll goes where the config is");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task AddressOfOnesOwnStandsAgainstOneThatDoesNot(int mode)
    {
        _asked.Otherwise(Reply.Ok(Config(mode, _other, true)));
        await using var services = Services();
        var client = services.GetRequiredService<IFeatureClient>();
        await client.WaitUntilReadyAsync(TimeSpan.FromSeconds(30));

        client.IsEnabled("f", new EvaluationContext("u")).Should().BeTrue();
        _other.Served.Should().Be(0);
    }

    [Fact]
    public async Task ConfigsThatPointAtEachOtherEndAfterThreeHops()
    {
        _asked.Otherwise(Reply.Ok(Config(2, _other, true)));
        _other.Otherwise(Reply.Ok(Config(2, _asked, true)));
        await using var services = Services(TimeSpan.FromHours(1));
        var client = services.GetRequiredService<IFeatureClient>();
        await client.WaitUntilReadyAsync(TimeSpan.FromSeconds(30));

        client.IsEnabled("f", new EvaluationContext("u")).Should().BeTrue("some rules are better than none");
        (_asked.Served + _other.Served).Should().Be(4);
    }

    private static string Config(int mode, ScriptedHttpServer to, bool on) =>
        $$$"""{"p":{"u":"{{{to.Address.GetLeftPart(UriPartial.Authority)}}}","r":{{{mode}}} },"f":{"f":{"t":0,"v":{"b":{{{(on ? "true" : "false")}}} } } } }""";

    private ServiceProvider Services(TimeSpan? interval = null) => new ServiceCollection().AddLogging().AddProgressiveDelivery(flags => flags.FromConfigCat(options =>
    {
        options.Address = new(_asked.Address, "/");
        options.SdkKey = "key";
        options.PollingInterval = interval ?? TimeSpan.FromSeconds(1);
    })).BuildServiceProvider();
}

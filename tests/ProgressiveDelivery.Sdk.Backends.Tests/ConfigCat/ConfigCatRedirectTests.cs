using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.Backends.ConfigCat;
using ProgressiveDelivery.Sdk.Sources.Signing;

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

    [Fact]
    public async Task AddressThatIsNotTrustedLearnsNoKeyAndIsAFault()
    {
        _asked.Otherwise(Reply.Ok(Config(2, _other, true)));
        await using var services = Services(trustsOther: false);
        var client = services.GetRequiredService<IFeatureClient>();
        await client.WaitUntilReadyAsync(TimeSpan.Zero);
        await _asked.RequestAsync();

        await Until.HoldsAsync(() => client.Status.Cause is not null);
        client.Status.Cause!.Message.Should().Contain("not trusted").And.Contain(_other.Address.Authority).And.NotContain("/key/");
        client.Status.HasRules.Should().BeFalse();
        _other.Served.Should().Be(0);
    }

    [Theory]
    [InlineData("https://cdn-eu.configcat.com", true)]
    [InlineData("http://cdn-eu.configcat.com", false)]
    [InlineData("https://cdn-eu.configcat.com:8443", false)]
    [InlineData("https://configcat.com.example.com", false)]
    [InlineData("https://evilconfigcat.com", false)]
    [InlineData("https://flags.example.com/elsewhere", true)]
    [InlineData("https://flags.example.com:444", false)]
    [InlineData("https://proxy.example.com:8050/", true)]
    public void OwnAddressConfigCatsAndTheListedOnesAreTrusted(string to, bool isTrusted)
    {
        var options = new ConfigCatSourceOptions { Address = new("https://flags.example.com"), SdkKey = "key", RedirectAddresses = { new("https://proxy.example.com:8050") } };

        ConfigCatBackend.Polls.IsTrusted!(options, new(to)).Should().Be(isTrusted);
    }

    [Fact]
    public async Task HeadersOfTheAddressThatWasGivenDoNotGoToAnother()
    {
        _asked.Otherwise(Reply.Ok(Config(2, _other, false)));
        _other.Otherwise(Reply.Ok(Config(2, _other, true)));
        await using var services = Services();
        await services.GetRequiredService<IFeatureClient>().WaitUntilReadyAsync(TimeSpan.FromSeconds(30));

        (await _asked.RequestAsync())["Authorization"].Should().Be("Bearer canary");
        (await _other.RequestAsync()).Headers.Values.Should().NotContain(value => value.Contains("canary", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ConfigThatNobodyTrustedSignedLeadsNowhere()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        _asked.Otherwise(Reply.Ok(Config(2, _other, true)));
        _other.Otherwise(Signed(key, Config(2, _other, true)));
        await using var services = Services(more: flags => flags.TrustKeys(keys =>
        {
            keys.Add("2026-a", key.ExportSubjectPublicKeyInfoPem());
            keys.AcceptReplayableDocuments = true;
        }));
        var client = services.GetRequiredService<IFeatureClient>();
        await client.WaitUntilReadyAsync(TimeSpan.Zero);

        await Until.HoldsAsync(() => client.Status.Cause is not null);
        client.Status.Cause!.Message.Should().Contain("PD1013");
        _other.Served.Should().Be(0);
        _asked.Otherwise(Signed(key, Config(2, _other, false)));
        await Until.HoldsAsync(() => client.IsEnabled("f", new EvaluationContext("u")));
        _other.Served.Should().BePositive("what a trusted key signed is followed");
    }

    private static ScriptedReply Signed(ECDsa key, string config) => Reply.Ok(config, $"PD-Signature: {SnapshotSignature.Sign(key, "2026-a", Encoding.UTF8.GetBytes(config))}");

    private static string Config(int mode, ScriptedHttpServer to, bool on) =>
        $$$"""{"p":{"u":"{{{to.Address.GetLeftPart(UriPartial.Authority)}}}","r":{{{mode}}} },"f":{"f":{"t":0,"v":{"b":{{{(on ? "true" : "false")}}} } } } }""";

    private ServiceProvider Services(TimeSpan? interval = null, bool trustsOther = true, Action<ProgressiveDeliveryBuilder>? more = null) => new ServiceCollection().AddLogging().AddProgressiveDelivery(flags =>
    {
        flags.FromConfigCat(options =>
        {
            options.Address = new(_asked.Address, "/");
            options.SdkKey = "key";
            options.Authorization = "Bearer canary";
            if (trustsOther)
                options.RedirectAddresses.Add(_other.Address);
            options.PollingInterval = interval ?? TimeSpan.FromSeconds(1);
            options.UseResilience(_ => { });
        });
        more?.Invoke(flags);
    }).BuildServiceProvider();
}

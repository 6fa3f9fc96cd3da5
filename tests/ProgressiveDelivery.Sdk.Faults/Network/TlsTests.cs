using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;

namespace ProgressiveDelivery.Sdk.Faults.Network;

/// <summary>N14: certificates and proxies, which polls and streams obey alike.</summary>
public sealed class TlsTests : FaultScenario
{
    private const string Host = "flags.example.com";

    private readonly Certificates _certificates = new();

    public static TheoryData<string, bool> BadCertificates => new()
    {
        { "untrusted", false }, { "untrusted", true }, { "expired", false }, { "expired", true }, { "of another name", false }, { "of another name", true },
    };

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        _certificates.Dispose();
    }

    [Theory]
    [Scenario("N14")]
    [MemberData(nameof(BadCertificates))]
    public async Task N14_BadCertificateIsAClearFaultThatIsRetriedUntilTheCertificateIsGood(string fault, bool isStream)
    {
        using var strangers = new Certificates();
        var bad = fault switch
        {
            "untrusted" => strangers.Issue("127.0.0.1"),
            "expired" => _certificates.Issue("127.0.0.1", isExpired: true),
            _ => _certificates.Issue("other.example.com"),
        };
        using var front = new TlsFront(Server) { Certificate = bad };
        Server.Otherwise(Snapshot(isStream));
        var subject = Begin(isStream, front.Address, new() { SslOptions = { CertificateChainPolicy = Trust() } });

        await Clock.SkipPausesUntilAsync(() => subject.Status.Cause is not null && Clock.Pauses.Count > 4);
        var cause = subject.Status.Cause!;
        front.Certificate = _certificates.Issue("127.0.0.1");
        await Clock.SkipPausesUntilAsync(() => subject.Status.SnapshotVersion == 1);

        cause.Kind.Should().Be(FeatureClientFaultKind.Unreachable);
        cause.Message.Should().Contain("certificate").And.NotContain("inner exception");
    }

    [Theory]
    [Scenario("N14")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task N14_ServerThatWantsAClientCertificateGetsIt(bool isStream)
    {
        using var front = new TlsFront(Server) { Certificate = _certificates.Issue("127.0.0.1"), ClientAuthority = _certificates.Authority };
        Server.Otherwise(Snapshot(isStream));

        var without = Begin(isStream, front.Address, new() { SslOptions = { CertificateChainPolicy = Trust() } });
        await Clock.SkipPausesUntilAsync(() => without.Status.Cause is not null);
        var with = Begin(isStream, front.Address, new()
        {
            SslOptions = { CertificateChainPolicy = Trust(), ClientCertificates = [_certificates.Issue("client")] },
        });
        await Clock.SkipPausesUntilAsync(() => with.Status.SnapshotVersion == 1);

        without.Status.HasRules.Should().BeFalse();
    }

    [Theory]
    [Scenario("N14")]
    [InlineData("http", false)]
    [InlineData("http", true)]
    [InlineData("https", false)]
    [InlineData("https", true)]
    public async Task N14_ProxyWithCredentialsIsGoneThroughByPollsAndStreams(string scheme, bool isStream)
    {
        using var front = new TlsFront(Server) { Certificate = _certificates.Issue(Host) };
        using var proxy = new ScriptedProxy(scheme == "https" ? front.Address : Server.Address, "user", Bait.ApiKey);
        Server.Otherwise(Snapshot(isStream));

        var subject = Begin(isStream, new($"{scheme}://{Host}/snapshot"), Through(proxy, Bait.ApiKey));
        await Clock.SkipPausesUntilAsync(() => subject.Status.SnapshotVersion == 1);

        proxy.Passed.Should().BeGreaterThanOrEqualTo(1);
        subject.Status.State.Should().Be(FeatureClientState.Ready);
    }

    [Theory]
    [Scenario("N14")]
    [InlineData("http", false)]
    [InlineData("http", true)]
    [InlineData("https", false)]
    [InlineData("https", true)]
    public async Task N14_ProxyThatRefusesTheCredentialsIsAFaultThatSaysSo(string scheme, bool isStream)
    {
        using var proxy = new ScriptedProxy(Server.Address, "user", Bait.ApiKey);

        var subject = Begin(isStream, new($"{scheme}://{Host}/snapshot"), Through(proxy, Bait.ApiKey + "-of-yesterday"));
        await Clock.SkipPausesUntilAsync(() => subject.Status.Cause is not null);

        subject.Status.Cause!.Message.Should().Contain("407").And.ContainEquivalentOf("proxy");
        proxy.Passed.Should().Be(0);
        Server.Served.Should().Be(0);
    }

    private static ScriptedReply Snapshot(bool isStream) => async (socket, stopping) =>
        await (isStream ? new EventFeed().Event("snapshot", Document.Of(1).OneLine()).Reply() : Reply.Ok(Document.Of(1)))(socket, stopping);

    private X509ChainPolicy Trust() => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        CustomTrustStore = { _certificates.Authority },
        RevocationMode = X509RevocationMode.NoCheck,
    };

    private SocketsHttpHandler Through(ScriptedProxy proxy, string password) => new()
    {
        Proxy = new WebProxy(proxy.Address) { Credentials = new NetworkCredential("user", password) },
        SslOptions = { CertificateChainPolicy = Trust() },
    };

    private Subject Begin(bool isStream, Uri address, SocketsHttpHandler handler)
    {
        void Configure(ProgressiveDeliveryBuilder flags) => flags.ConfigureHttpClient(http => http.ConfigurePrimaryHttpMessageHandler(() => handler));
        return isStream ? Follow(stream => stream.Address = address, Configure) : Poll(http => http.Address = address, Configure);
    }
}

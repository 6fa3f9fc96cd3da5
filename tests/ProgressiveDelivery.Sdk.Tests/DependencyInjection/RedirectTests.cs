using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.DependencyInjection;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Sources.Http;
using ProgressiveDelivery.Sdk.Tests.Refresh;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.DependencyInjection;

/// <summary>No credential of any kind crosses an origin, on any channel: two ports are two origins.</summary>
public sealed class RedirectTests : IDisposable
{
    private static readonly string[] Credentials = ["Authorization", "X-Api-Key", "Cookie", "X-Token", "X-Default", "Host"];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly Backend<ToldOptions> Told = new() { Format = static (_, _) => new VersionOnlyFormat() };
    private static readonly BackendPolls<ToldOptions> TellingChanges = new() { ChangesAddress = static (told, _) => told.Changes };

    private readonly ScriptedHttpServer _asked = new();
    private readonly ScriptedHttpServer _other = new();

    public void Dispose()
    {
        _asked.Dispose();
        _other.Dispose();
    }

    public static TheoryData<Channel, string> Redirects
    {
        get
        {
            var all = new TheoryData<Channel, string>();
            foreach (var channel in new[] { Channel.Poll, Channel.Stream, Channel.Changes })
                foreach (var status in new[] { "300 Multiple Choices", "301 Moved Permanently", "302 Found", "303 See Other", "307 Temporary Redirect", "308 Permanent Redirect" })
                    all.Add(channel, status);
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Redirects))]
    public async Task NothingThatIsACredentialCrossesAnOrigin(Channel channel, string status)
    {
        await using var provider = Begin(channel, Reply.Status(status, $"Location: {_other.Address}?token=of-its-own", "Set-Cookie: session=canary; Path=/"));

        var asked = await AskedAsync(channel);
        var other = await _other.RequestAsync();

        asked["Authorization"].Should().Be("Bearer canary");
        foreach (var name in new[] { "X-Api-Key", "Cookie", "X-Token", "X-Default" })
            asked[name].Should().Contain("canary");
        other.Target.Should().Be("/snapshot?token=of-its-own");
        other.Headers.Keys.Should().NotContain(Credentials[..^1]);
        other.Headers.Values.Should().NotContain(value => value.Contains("canary", StringComparison.Ordinal));
        other["Accept"].Should().Be(asked["Accept"]);
        other["Host"].Should().Be(_other.Address.Authority);
    }

    [Theory]
    [InlineData(Channel.Poll)]
    [InlineData(Channel.Stream)]
    [InlineData(Channel.Changes)]
    public async Task WithinAnOriginAllGoesAlongButCookies(Channel channel)
    {
        await using var provider = Begin(channel, Reply.Status("302 Found", "Location: /elsewhere", "Set-Cookie: session=of-the-server"));

        await AskedAsync(channel);
        var second = await _asked.RequestAsync();

        second.Target.Should().Be("/elsewhere");
        second["Authorization"].Should().Be("Bearer canary");
        second["Cookie"].Should().Be("mine=canary");
    }

    [Fact]
    public async Task WhoWasSentAwayComesBackWithoutCredentials()
    {
        await using var provider = Begin(Channel.Poll, Reply.Status("302 Found", $"Location: {_other.Address}"));
        _other.Then(Reply.Status("302 Found", $"Location: {_asked.Address}?again"));

        await AskedAsync(Channel.Poll);
        var back = await _asked.RequestAsync();

        back.Target.Should().Be("/snapshot?again");
        back.Headers.Keys.Should().NotContain(Credentials[..^1]);
    }

    [Fact]
    public async Task NamedClientOfTheUsersOwnIsGuardedToo()
    {
        await using var provider = Begin(Channel.Poll, Reply.Status("302 Found", $"Location: {_other.Address}"), clientName: "mine");

        (await AskedAsync(Channel.Poll))["X-Api-Key"].Should().Be("canary");
        (await _other.RequestAsync()).Headers.Keys.Should().NotContain(Credentials[..^1]);
    }

    [Theory]
    [InlineData("307 Temporary Redirect", true, "another origin")]
    [InlineData("302 Found", true, "would not arrive")]
    [InlineData("303 See Other", false, "would not arrive")]
    public async Task ReportGoesNowhereElse(string status, bool isAway, string fault)
    {
        var sender = Sender(out var provider);
        await using var services = provider;
        _asked.Then(Reply.Status(status, $"Location: {(isAway ? _other.Address : new Uri(_asked.Address, "/elsewhere"))}"));

        var send = () => sender.SendAsync(_asked.Address, "{}"u8.ToArray(), [], default).AsTask().WaitAsync(Patience);

        (await send.Should().ThrowAsync<SnapshotSourceException>()).Which.Message.Should().Contain("not followed").And.Contain(fault);
        (_other.Served, _asked.Served).Should().Be((0, 1));
    }

    [Fact]
    public async Task ReportIsPostedAgainWithinItsOrigin()
    {
        var sender = Sender(out var provider);
        await using var services = provider;
        _asked.Then(Reply.Status("308 Permanent Redirect", "Location: /elsewhere")).Then(Reply.Status("202 Accepted"));

        await sender.SendAsync(_asked.Address, """{"a":1}"""u8.ToArray(), [], default);

        await _asked.RequestAsync();
        (await _asked.RequestAsync()).Should().BeEquivalentTo(new { Target = "/elsewhere", Body = """{"a":1}""" });
    }

    [Theory]
    [InlineData("https://flags.example.com/snapshot", "http://flags.example.com/snapshot", "leaves https for http")]
    [InlineData("https://flags.example.com/snapshot", "http://flags.example.com:443/snapshot", "leaves https for http")]
    [InlineData("https://flags.example.com/snapshot", "file:///etc/passwd", "no address of the web")]
    public async Task RedirectOutOfTheWebOrOfHttpsIsAFaultThatSaysSo(string from, string to, string fault)
    {
        var (response, asked) = await SendAsync(new(from), _ => new(HttpStatusCode.Found) { Headers = { Location = new(to) } });

        asked.Should().ContainSingle();
        var told = new HttpFaults("flags").Status(response, default);
        told.Message.Should().Contain("302").And.Contain(fault).And.NotContain("passwd");
        told.Kind.Should().Be(FeatureClientFaultKind.AccessDenied);
    }

    [Fact]
    public async Task OriginIsSchemeHostAndPort()
    {
        var (_, asked) = await SendAsync(new("https://flags.example.com/a"), request => new(HttpStatusCode.Found)
        {
            Headers = { Location = request.RequestUri!.AbsolutePath == "/a" ? new("HTTPS://FLAGS.example.com:443/b") : new("https://flags.example.com:8443/c") },
        });

        asked.Take(3).Should().Equal("https://flags.example.com/a Bearer canary", "https://flags.example.com/b Bearer canary", "https://flags.example.com:8443/c ");
        asked.Should().HaveCount(11, "circles end");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task CertificateIsShownToNobodyElse(bool isCertificate)
    {
        using var key = ECDsa.Create();
        using var certificate = new CertificateRequest("CN=client", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue);
        using var primary = new SocketsHttpHandler();
        if (isCertificate)
            primary.SslOptions.ClientCertificates = [certificate];
        else
            primary.Credentials = new NetworkCredential("kim", "canary");
        _asked.Then(Reply.Status("302 Found", "Location: /elsewhere")).Then(Reply.Status("302 Found", $"Location: {_other.Address}"));

        using var handler = RedirectHandler.For(primary);
        handler.InnerHandler = primary;
        using var invoker = new HttpMessageInvoker(handler);
        var response = await invoker.SendAsync(new(HttpMethod.Get, _asked.Address), default).WaitAsync(Patience);

        new HttpFaults("flags").Status(response, default).Message.Should().Contain("certificate or credentials").And.Contain(_other.Address.Authority);
        (_asked.Served, _other.Served).Should().Be((2, 0));
    }

    [Fact]
    public async Task ClientThatFollowsByItselfIsAFault()
    {
        _asked.Then(Reply.Status("302 Found", $"Location: {_other.Address}"));
        _other.Then(Reply.Ok(ClientUnderTest.Document(1)));
        var source = new HttpSnapshotSource(new(Options(new HttpSourceOptions())), new VersionOnlyFormat(), new FollowingClients(), TimeProvider.System, new(1));

        var read = () => source.ReadAsync(default).AsTask();

        (await read.Should().ThrowAsync<SnapshotSourceException>()).Which.Message.Should().Contain("followed by itself").And.Contain("AllowAutoRedirect");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task HandlerOfTheFrameworkInsideAnotherIsGuardedOrFoundOut(bool isHidden)
    {
        _asked.Then(Reply.Status("302 Found", $"Location: {_other.Address}"));
        _other.Then(Reply.Ok(ClientUnderTest.Document(1)));
        HttpMessageHandler Primary() => isHidden ? new Hiding() : new Passing { InnerHandler = new SocketsHttpHandler() };
        await using var provider = new ServiceCollection()
            .AddProgressiveDelivery(client => client.FromHttp(options => Options(options)).ConfigureHttpClient(http => http.ConfigurePrimaryHttpMessageHandler(Primary)))
            .BuildServiceProvider();
        var client = provider.GetRequiredService<IFeatureClient>();

        _ = client.WaitUntilReadyAsync(TimeSpan.Zero);
        await Until.HoldsAsync(() => client.Status.HasRules || client.Status.Cause is not null);

        client.Status.HasRules.Should().Be(!isHidden);
        if (isHidden)
            client.Status.Cause!.Message.Should().Contain("followed by itself");
        else
            (await _other.RequestAsync()).Headers.Keys.Should().NotContain(Credentials[..^1]);
    }

    [Fact]
    public async Task RequestsOfOthersThroughTheSameClientAreLedAsUsual()
    {
        await using var provider = Begin(Channel.Poll, Reply.Ok(ClientUnderTest.Document(1)), clientName: "mine");
        await AskedAsync(Channel.Poll);
        _asked.Then(Reply.Status("302 Found", $"Location: {_other.Address}"));
        _other.Then(Reply.Ok("{}"));

        var response = await provider.GetRequiredService<IHttpClientFactory>().CreateClient("mine").PostAsync(_asked.Address, new StringContent("x"));

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        (await _other.RequestAsync()).Body.Should().BeEmpty("it is asked for");
    }

    private ServiceProvider Begin(Channel channel, ScriptedReply first, string? clientName = null)
    {
        if (channel == Channel.Changes)
            _asked.Then(Reply.Ok(ClientUnderTest.Document(1)));
        _asked.Then(first);
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(new Microsoft.Extensions.Time.Testing.FakeTimeProvider());
        if (clientName is not null)
            Stamp(services.AddHttpClient(clientName));
        services.AddProgressiveDelivery(client =>
        {
            if (channel == Channel.Stream)
                client.FromEventStream(options => Options(options));
            else
                client.AddSource("test", Told, TellingChanges, options => options.Configure(told => Options(told).Changes = channel == Channel.Changes ? _asked.Address : null));
            if (clientName is null)
                client.ConfigureHttpClient(Stamp);
            else
                client.Services.Configure<ToldOptions>(told => told.HttpClientName = clientName);
        });
        var provider = services.BuildServiceProvider();
        _ = provider.GetRequiredService<IFeatureClient>().WaitUntilReadyAsync(TimeSpan.Zero);
        return provider;
    }

    private async Task<ScriptedRequest> AskedAsync(Channel channel)
    {
        if (channel == Channel.Changes)
            await _asked.RequestAsync();
        return await _asked.RequestAsync();
    }

    private static void Stamp(IHttpClientBuilder http) => http
        .ConfigureHttpClient(client => client.DefaultRequestHeaders.Add("X-Default", "canary"))
        .AddHttpMessageHandler(() => new Token());

    private TOptions Options<TOptions>(TOptions options)
        where TOptions : HttpEndpointOptions
    {
        (options.Address, options.Authorization) = (_asked.Address, "Bearer canary");
        (options.Headers["X-Api-Key"], options.Headers["Cookie"]) = ("canary", "mine=canary");
        options.UseResilience(_ => { });
        return options;
    }

    private HttpReportSender Sender(out ServiceProvider provider)
    {
        var services = new ServiceCollection();
        services.AddProgressiveDelivery(client => client.FromHttp(options => Options(options)));
        provider = services.BuildServiceProvider();
        var options = Options(new HttpSourceOptions());
        return new(new(options), GuardedClients.For(options, provider), TimeProvider.System);
    }

    private static async Task<(HttpResponseMessage Response, List<string> Asked)> SendAsync(Uri address, Func<HttpRequestMessage, HttpResponseMessage> answer)
    {
        var primary = new Answering(answer);
        var handler = RedirectHandler.For(primary);
        handler.InnerHandler = primary;
        using var invoker = new HttpMessageInvoker(handler);
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Authorization = AuthenticationHeaderValue.Parse("Bearer canary");
        return (await invoker.SendAsync(request, default), primary.Asked);
    }

    public enum Channel
    {
        Poll,
        Stream,
        Changes,
    }

    private sealed class ToldOptions : HttpSourceOptions
    {
        public Uri? Changes { get; set; }
    }

    private sealed class Token : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Add("X-Token", "canary");
            return base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class Answering(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        public List<string> Asked { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked.Add($"{request.RequestUri} {request.Headers.Authorization}");
            var response = answer(request);
            response.RequestMessage = request;
            return Task.FromResult(response);
        }
    }

    private sealed class Passing : DelegatingHandler;

    private sealed class Hiding : HttpMessageHandler
    {
        private readonly HttpMessageInvoker _inner = new(new SocketsHttpHandler());

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => _inner.SendAsync(request, cancellationToken);
    }

    private sealed class FollowingClients : IHttpClientFactory
    {
        public HttpClient CreateClient(string name) => new();
    }
}

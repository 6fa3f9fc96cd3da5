using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.DependencyInjection;
using ProgressiveDelivery.Sdk.Tests.Refresh;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.DependencyInjection;

public sealed class HttpClientTests : IDisposable
{
    private readonly ScriptedHttpServer _server = new();
    private readonly WatchedTime _time = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task PollsAskWithTheTagOfWhatIsInForceAndNoOther()
    {
        ScriptedReply[] replies =
        [
            Reply.Ok(ClientUnderTest.Document(1), "ETag: \"1\""),
            Reply.NotModified(),
            Reply.Ok("{\"schema\": \"progressive-delivery/1\", \"version\": 0}", "ETag: \"bad\""),
            Reply.Ok(ClientUnderTest.Document(2, on: false), "ETag: \"2\""),
            Reply.NotModified(),
            Reply.NotModified(),
        ];
        await using var provider = Provider(_ => { });
        var client = provider.GetRequiredService<IFeatureClient>();

        var tags = new List<string?>();
        var states = new List<FeatureClientState>();
        _ = client.WaitUntilReadyAsync(TimeSpan.Zero);
        await _time.WithoutPausesAsync(async () =>
        {
            foreach (var reply in replies)
            {
                tags.Add((await _server.RequestAsync())["If-None-Match"]);
                states.Add(client.Status.State);
                _server.Then(reply);
            }
        }, longest: TimeSpan.FromMinutes(1));

        tags.Should().Equal(null, "\"1\"", "\"1\"", "\"1\"", "\"2\"", "\"2\"");
        states.Should().Equal(
            FeatureClientState.NotReady, FeatureClientState.Ready, FeatureClientState.Ready,
            FeatureClientState.Failed, FeatureClientState.Ready, FeatureClientState.Ready);
        client.IsEnabled("f", EvaluationContext.Empty).Should().BeFalse();
    }

    [Fact]
    public async Task OrderToAcceptWhatTheBackendHasAsksWithoutATag()
    {
        _server.Then(Reply.Ok(ClientUnderTest.Document(long.MaxValue), "ETag: \"1\"")).Then(Reply.Ok(ClientUnderTest.Document(43, on: false), "ETag: \"1\""));
        await using var provider = Provider(_ => { });
        var client = provider.GetRequiredService<IFeatureClient>();
        await client.WaitUntilReadyAsync();
        await _server.RequestAsync();

        var outcome = await provider.GetRequiredService<ISnapshotControl>().AcceptCurrentAsync(new("ada", "restored"));

        outcome.Result.Should().Be(ControlResult.Done);
        client.Status.SnapshotVersion.Should().Be(43);
        (await _server.RequestAsync())["If-None-Match"].Should().BeNull("what the tag stands for is not what is wanted");
    }

    [Fact]
    public async Task HttpClientIsOpenToHandlersOfYourOwn()
    {
        _server.Then(Reply.Ok(ClientUnderTest.Document(1))).Then(Reply.Ok(ClientUnderTest.Document(1)));
        await using var provider = Provider(
            client => client.ConfigureHttpClient(http => http.AddHttpMessageHandler(() => new Stamp("X-Hook"))),
            services => services.AddHttpClient("ProgressiveDelivery.Sdk").AddHttpMessageHandler(() => new Stamp("X-Name")));

        await provider.GetRequiredService<IFeatureClient>().WaitUntilReadyAsync();

        var request = await _server.RequestAsync();
        request["X-Hook"].Should().Be("1");
        request["X-Name"].Should().Be("1");
    }

    [Fact]
    public async Task PollsLeaveNoLinesOfTheHttpFactory()
    {
        _server.Then(Reply.Ok(ClientUnderTest.Document(1)));
        await using var provider = Provider(_ => { });

        await provider.GetRequiredService<IFeatureClient>().WaitUntilReadyAsync();

        provider.GetFakeLogCollector().GetSnapshot().Should().OnlyContain(line => line.Category!.StartsWith("ProgressiveDelivery.Sdk.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task CredentialsReachTheBackendAndNoLog()
    {
        _server.Then(Reply.Status("401 Unauthorized"));
        await using var provider = Provider(_ => { }, http: http => http.Authorization = "Bearer canary-7");
        var client = provider.GetRequiredService<IFeatureClient>();

        _ = client.WaitUntilReadyAsync(TimeSpan.Zero);
        var request = await _server.RequestAsync();
        await Until.HoldsAsync(() => client.Status.Cause is not null);
        await ((IAsyncDisposable)client).DisposeAsync();

        request["Authorization"].Should().Be("Bearer canary-7");
        provider.GetFakeLogCollector().GetSnapshot().Should().NotBeEmpty()
            .And.NotContain(line => (line.Message + line.Exception).Contains("canary", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("?env=a", null, "?env=b", null)]
    [InlineData("", "key-a", "", "key-b")]
    public async Task RulesOfOneEnvironmentAreNotKeptForAnother(string query, string? key, string otherQuery, string? otherKey)
    {
        using var folder = new TempFolder();
        _server.Then(Reply.Ok(ClientUnderTest.Document(9))).Then(Reply.Ok(ClientUnderTest.Document(1))).Then(Reply.Status("503 Down"));

        var first = await StatusAsync(query, key);
        var other = await StatusAsync(otherQuery, otherKey);

        first.SnapshotVersion.Should().Be(9);
        other.SnapshotVersion.Should().Be(1);
        Directory.GetFiles(folder.Path).Should().HaveCount(2).And.NotContain(file => file.Contains("key", StringComparison.Ordinal) || file.Contains("env", StringComparison.Ordinal));

        async Task<FeatureClientStatus> StatusAsync(string suffix, string? authorization)
        {
            await using var provider = Provider(
                client => client.KeepLastKnownGoodIn(folder.Path),
                http: http => (http.Address, http.Authorization) = (new(_server.Address + suffix), authorization));
            var client = provider.GetRequiredService<IFeatureClient>();
            await client.WaitUntilReadyAsync();
            await Until.HoldsAsync(() => Directory.GetFiles(folder.Path, "*.snapshot").Length == (authorization == otherKey && suffix == otherQuery ? 2 : 1));
            return client.Status;
        }
    }

    private ServiceProvider Provider(
        Action<ProgressiveDeliveryBuilder> configure,
        Action<IServiceCollection>? more = null,
        Action<Sdk.Sources.Http.HttpSourceOptions>? http = null)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddFakeLogging());
        services.AddSingleton<TimeProvider>(_time);
        services.AddProgressiveDelivery(client =>
        {
            client.FromHttp(options =>
            {
                options.Address = _server.Address;
                options.AttemptTimeout = options.BodyTimeout = TimeSpan.FromHours(1);
                http?.Invoke(options);
            });
            configure(client);
        });
        more?.Invoke(services);
        return services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }

    private sealed class Stamp(string header) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Add(header, "1");
            return base.SendAsync(request, cancellationToken);
        }
    }
}

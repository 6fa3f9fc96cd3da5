using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.DependencyInjection;
using ProgressiveDelivery.Sdk.Sources.Failover;
using ProgressiveDelivery.Sdk.Sources.Http;
using ProgressiveDelivery.Sdk.Sources.Streaming;
using ProgressiveDelivery.Sdk.Tests.Refresh;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.DependencyInjection;

/// <summary>Clients with several sources as applications make them; over real sockets where sources are read.</summary>
public sealed class SeveralSourcesTests : IDisposable
{
    private readonly ScriptedHttpServer _primary = new();
    private readonly ScriptedHttpServer _replica = new();
    private readonly WatchedTime _time = new();

    public void Dispose()
    {
        _primary.Dispose();
        _replica.Dispose();
    }

    [Theory]
    [InlineData("401 Unauthorized")]
    [InlineData("500 Oops")]
    public async Task ReplicaServesWhileThePrimaryIsDownAndThePrimaryComesBack(string status)
    {
        for (var i = 0; i < (status[0] == '4' ? 1 : 3); i++)
            _primary.Then(Reply.Status(status));
        _replica.Then(Reply.Ok(ClientUnderTest.Document(1), "ETag: \"r1\""));
        await using var provider = Provider(client => client.FromHttp(Endpoint(_primary)).FromHttp(Endpoint(_replica)));
        var client = provider.GetRequiredService<IFeatureClient>();

        FeatureClientStatus? during = null;
        await WithoutPausesAsync(async () =>
        {
            await StartAsync(client);
            during = client.Status;
            _primary.Then(Reply.Ok(ClientUnderTest.Document(2, on: false), "ETag: \"p2\"")).Then(Reply.NotModified());
            for (var i = 0; i < 40; i++)
                _replica.Then(Reply.NotModified());
            await Until.HoldsAsync(() => client.Status.SnapshotVersion == 2);
        });

        during!.Source.Should().Be(_replica.Address.ToString());
        client.Status.Source.Should().Be(_primary.Address.ToString());
        client.IsEnabled("f", EvaluationContext.Empty).Should().BeFalse();
        (await _replica.RequestAsync())["If-None-Match"].Should().BeNull();
        (await _replica.RequestAsync())["If-None-Match"].Should().Be("\"r1\"");
        _replica.Served.Should().BeGreaterThan(8, "the replica is read every half a minute for five minutes");
    }

    [Fact]
    public async Task PollingTakesOverFromAStreamThatIsBlocked()
    {
        _primary.Then(Reply.Status("403 Forbidden"));
        _replica.Then(Reply.Ok(ClientUnderTest.Document(1)));
        await using var provider = Provider(client => client
            .FromEventStream(stream => (stream.Address, stream.AttemptTimeout, stream.HeartbeatTimeout) = (_primary.Address, TimeSpan.FromHours(1), TimeSpan.FromHours(1)))
            .FromHttp(Endpoint(_replica)));
        var client = provider.GetRequiredService<IFeatureClient>();

        FeatureClientStatus? during = null;
        var feed = new EventFeed().Event("snapshot", ClientUnderTest.Document(1).ReplaceLineEndings(" "), "1");
        await WithoutPausesAsync(async () =>
        {
            await StartAsync(client);
            during = client.Status;
            for (var i = 0; i < 40; i++)
                _replica.Then(Reply.Ok(ClientUnderTest.Document(1)));
            _primary.Then(feed.Reply());
            await Until.HoldsAsync(() => client.Status.Source == _primary.Address.ToString());
        });
        feed.Event("kill", """{"version": 2, "flag": "f", "variant": "off"}""");
        await Until.HoldsAsync(() => client.EvaluateBoolean("f", EvaluationContext.Empty).Reason == EvaluationReason.Killed);

        during!.Source.Should().Be(_replica.Address.ToString());
    }

    [Fact]
    public async Task StatusOnTheListStopsItsSourceForGood()
    {
        _primary.Then(Reply.Status("410 Gone"));
        _replica.Then(Reply.Ok(ClientUnderTest.Document(1)));
        await using var provider = Provider(client => client
            .FromHttp(http => { Endpoint(_primary)(http); http.StopOnStatus.Add(410); })
            .FromHttp(Endpoint(_replica)));
        var client = provider.GetRequiredService<IFeatureClient>();

        for (var i = 0; i < 100; i++)
            _replica.Then(Reply.Ok(ClientUnderTest.Document(1)));
        await WithoutPausesAsync(async () =>
        {
            await StartAsync(client);
            await Until.HoldsAsync(() => _replica.Served >= 30);
        });

        _primary.Served.Should().Be(1);
        provider.GetFakeLogCollector().GetSnapshot().Where(line => line.Level == LogLevel.Warning).Should().ContainSingle()
            .Which.Message.Should().Contain("410").And.Contain("StopOnStatus").And.Contain("not read again");
    }

    [Fact]
    public void EachSourceHasOptionsOfItsOwnAndTheFirstOfAKindTheClientsName()
    {
        using var provider = Provider(client => client
            .FromEventStream("https://a.example.com/stream")
            .FromHttp("https://b.example.com/snapshot")
            .FromHttp("https://c.example.com/snapshot")
            .FromEventStream("https://d.example.com/stream"));
        _ = provider.GetRequiredService<IFeatureClient>();

        AddressOf<StreamSourceOptions>("").Should().Be("a.example.com");
        AddressOf<HttpSourceOptions>("").Should().Be("b.example.com");
        AddressOf<HttpSourceOptions>("/source/3").Should().Be("c.example.com");
        AddressOf<StreamSourceOptions>("/source/4").Should().Be("d.example.com");

        string? AddressOf<TOptions>(string name)
            where TOptions : HttpEndpointOptions => provider.GetRequiredService<IOptionsMonitor<TOptions>>().Get(name).Address?.Host;
    }

    [Fact]
    public void SeveralSourcesAreBoundFromConfiguration()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Primary:Address"] = "https://a.example.com/snapshot",
            ["Primary:StopOnStatus:0"] = "410",
            ["Replica:Address"] = "https://b.example.com/snapshot",
            ["Replica:PollingInterval"] = "00:01:00",
            ["Failover:DemoteAfter"] = "00:00:20",
            ["Failover:RetryPreferredAfter"] = "00:10:00",
            ["Failover:TryTimeout"] = "00:00:30",
        }).Build();
        using var provider = Provider(client => client
            .FromHttp(configuration.GetSection("Primary"))
            .FromHttp(configuration.GetSection("Replica"))
            .Failover(configuration.GetSection("Failover")));

        var http = provider.GetRequiredService<IOptionsMonitor<HttpSourceOptions>>();
        http.Get("").Should().BeEquivalentTo(new { PollingInterval = TimeSpan.FromSeconds(30), StopOnStatus = new[] { 410 }, HttpClientName = "ProgressiveDelivery.Sdk" });
        http.Get("/source/2").Should().BeEquivalentTo(new { PollingInterval = TimeSpan.FromMinutes(1), Address = new Uri("https://b.example.com/snapshot") });
        provider.GetRequiredService<IOptionsMonitor<FailoverOptions>>().Get("").Should().BeEquivalentTo(
            new { DemoteAfter = TimeSpan.FromSeconds(20), RetryPreferredAfter = TimeSpan.FromMinutes(10), TryTimeout = TimeSpan.FromSeconds(30) });
        _ = provider.GetRequiredService<IFeatureClient>();
    }

    [Fact]
    public async Task LastKnownGoodFileBelongsToThePreferredSource()
    {
        using var folder = new TempFolder();
        _primary.Then(Reply.Ok(ClientUnderTest.Document(3))).Then(Reply.Status("401 Unauthorized"));
        _replica.Then(Reply.Status("401 Unauthorized"));

        await StartWithAsync(client => client.FromHttp(Endpoint(_primary)), status => status.State == FeatureClientState.Ready && Directory.GetFiles(folder.Path, "*.snapshot").Length > 0);
        var later = await StartWithAsync(client => client.FromHttp(Endpoint(_primary)).FromHttp(Endpoint(_replica)), status => status.HasRules);

        later.Should().BeEquivalentTo(new { SnapshotVersion = 3L, Origin = SnapshotOrigin.LastKnownGood });

        async Task<FeatureClientStatus> StartWithAsync(Action<ProgressiveDeliveryBuilder> sources, Func<FeatureClientStatus, bool> until)
        {
            await using var provider = Provider(client =>
            {
                sources(client);
                client.KeepLastKnownGoodIn(folder.Path);
            });
            var client = provider.GetRequiredService<IFeatureClient>();
            _ = client.WaitUntilReadyAsync(TimeSpan.Zero);
            await Until.HoldsAsync(() => until(client.Status));
            return client.Status;
        }
    }

    private static Action<HttpSourceOptions> Endpoint(ScriptedHttpServer server) => http =>
    {
        http.Address = server.Address;
        http.AttemptTimeout = http.BodyTimeout = TimeSpan.FromHours(1);
    };

    // Attempts and tries are given their time; whatever is only waited for is over at once.
    private Task WithoutPausesAsync(Func<Task> run) => _time.WithoutPausesAsync(run, TimeSpan.FromSeconds(50));

    private static Task StartAsync(IFeatureClient client)
    {
        _ = client.WaitUntilReadyAsync(TimeSpan.Zero);
        return Until.HoldsAsync(() => client.Status.State == FeatureClientState.Ready);
    }

    private ServiceProvider Provider(Action<ProgressiveDeliveryBuilder> configure)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddFakeLogging());
        services.AddSingleton<TimeProvider>(_time);
        services.AddProgressiveDelivery(configure);
        return services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }
}

using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.Sources.Http;

namespace ProgressiveDelivery.Sdk.Faults.Network;

/// <summary>N15, N16 and N19: another source serves while the preferred one cannot.</summary>
public sealed class FailoverTests : FaultScenario
{
    private readonly ScriptedHttpServer _other = new();

    public static TheoryData<string> Blocks => ["403 Forbidden", "503 Service Unavailable", "a page"];

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        _other.Dispose();
    }

    [Fact]
    [Scenario("N15")]
    public async Task N15_TokenOfTheStreamThatCannotBeRenewedIsAskedForAgainWhilePollsGoOn()
    {
        var tokens = new TokenService();
        Server.Then(new EventFeed().Event("snapshot", Document.Of(1).OneLine()).End().Reply())
            .Otherwise(new EventFeed().Event("snapshot", Document.Of(3).OneLine()).Reply());
        _other.Otherwise(Reply.Ok(Document.Of(2)));
        var subject = StreamThenPoll(flags => flags.ConfigureHttpClient(http => http.AddHttpMessageHandler(() => tokens.Handler(Server.Address))));
        await subject.VersionAsync(1);

        tokens.IsDown = true;
        await Clock.SkipPausesUntilAsync(() => subject.Status.SnapshotVersion == 2);
        var asked = tokens.Asked;
        await Clock.SkipPausesUntilAsync(() => tokens.Asked >= asked + 3);
        var (meanwhile, source) = (subject.Status.State, subject.Status.Source);
        tokens.IsDown = false;
        await Clock.SkipPausesUntilAsync(() => subject.Status.SnapshotVersion == 3);

        meanwhile.Should().Be(FeatureClientState.Ready);
        source.Should().Be(_other.Address.ToString());
        subject.Status.Source.Should().Be(Server.Address.ToString());
    }

    [Theory]
    [Scenario("N16")]
    [MemberData(nameof(Blocks))]
    public async Task N16_BlockedStreamIsPolledInsteadAndTriedAgainLater(string block)
    {
        Server.Otherwise(block == "a page" ? Reply.Ok("<html>Blocked</html>", "Content-Type: text/html") : Reply.Status(block));
        _other.Otherwise(Reply.Ok(Document.Of(1)));
        var subject = StreamThenPoll();

        await Clock.SkipPausesUntilAsync(() => subject.Status is { SnapshotVersion: 1, State: FeatureClientState.Ready });
        var tried = Server.Served;
        await Clock.SkipPausesUntilAsync(() => Server.Served >= tried + 2);
        var (meanwhile, source) = (subject.Status.State, subject.Status.Source);
        Server.Otherwise(new EventFeed().Event("snapshot", Document.Of(2).OneLine()).Reply());
        await Clock.SkipPausesUntilAsync(() => subject.Status.SnapshotVersion == 2);

        meanwhile.Should().Be(FeatureClientState.Ready);
        source.Should().Be(_other.Address.ToString());
        subject.Status.Source.Should().Be(Server.Address.ToString());
    }

    [Theory]
    [Scenario("N19")]
    [InlineData("401 Unauthorized", 15)]
    [InlineData("500 Internal Server Error", 45)]
    [InlineData("503 Service Unavailable", 45)]
    public async Task N19_ReplicaServesWhileThePreferredEndpointFailsAndNoLonger(string status, int mostRequests)
    {
        DateTimeOffset? failedOver = null;
        Server.Otherwise(Reply.Status(status));
        _other.Otherwise(async (socket, stopping) =>
        {
            failedOver ??= Clock.GetUtcNow();
            await Reply.Ok(Document.Of(1))(socket, stopping);
        });
        var subject = Client(flags => flags.FromHttp(http => Reach(http, Server)).FromHttp(http => Reach(http, _other))).Start();

        await Clock.SkipPausesUntilAsync(() => subject.Status is { SnapshotVersion: 1, State: FeatureClientState.Ready });
        var (begin, tried) = (Clock.GetUtcNow(), Server.Served);
        await Clock.SkipPausesUntilAsync(() => Clock.GetUtcNow() >= begin.AddHours(1));
        var (source, attempts) = (subject.Status.Source, Server.Served - tried);
        Server.Otherwise(Reply.Ok(Document.Of(2)));
        await Clock.SkipPausesUntilAsync(() => subject.Status.SnapshotVersion == 2);

        failedOver.Should().BeBefore(FaultClock.First.AddSeconds(5), "before there are rules, nobody waits for a source that fails");
        source.Should().Be(_other.Address.ToString());
        attempts.Should().BeInRange(3, mostRequests, "the preferred endpoint is tried every five minutes or so");
        subject.Status.Source.Should().Be(Server.Address.ToString());
        subject.Status.State.Should().Be(FeatureClientState.Ready);
    }

    [Fact]
    [Scenario("N19")]
    public async Task N19_ReplicaThatLagsBehindTurnsNothingBack()
    {
        Server.Then(Reply.Ok(Document.Of(5))).Otherwise(Reply.Status("503 Service Unavailable"));
        _other.Otherwise(Reply.Ok(Document.Of(4, on: false)));
        var subject = Client(flags => flags.FromHttp(http => Reach(http, Server)).FromHttp(http => Reach(http, _other))).Start();
        await subject.VersionAsync(5);

        await Clock.SkipPausesUntilAsync(() => _other.Served > 3);
        var (version, state) = (subject.Status.SnapshotVersion, subject.Status.State);
        _other.Otherwise(Reply.Ok(Document.Of(6)));
        await Clock.SkipPausesUntilAsync(() => subject.Status is { SnapshotVersion: 6, State: FeatureClientState.Ready });

        version.Should().Be(5);
        state.Should().NotBe(FeatureClientState.Ready);
    }

    private static void Reach(HttpEndpointOptions http, ScriptedHttpServer server)
    {
        http.Address = server.Address;
        http.Authorization = Bait.Authorization;
    }

    private Subject StreamThenPoll(Action<ProgressiveDeliveryBuilder>? configure = null) => Client(flags =>
    {
        flags.FromEventStream(stream => Reach(stream, Server)).FromHttp(http => Reach(http, _other));
        configure?.Invoke(flags);
    }).Start();

    /// <summary>Gives tokens for streams, unless it is down.</summary>
    private sealed class TokenService
    {
        private int _asked;

        public bool IsDown { get; set; }

        public int Asked => Volatile.Read(ref _asked);

        public DelegatingHandler Handler(Uri stream) => new TokenHandler(this, stream);

        private string Renew()
        {
            Interlocked.Increment(ref _asked);
            return IsDown ? throw new HttpRequestException("The token could not be renewed.") : Bait.Authorization;
        }

        private sealed class TokenHandler(TokenService service, Uri stream) : DelegatingHandler
        {
            protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            {
                if (request.RequestUri == stream)
                {
                    request.Headers.Remove("Authorization");
                    request.Headers.TryAddWithoutValidation("Authorization", service.Renew());
                }

                return base.SendAsync(request, cancellationToken);
            }
        }
    }
}

using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.Sources.Http;

namespace ProgressiveDelivery.Sdk.Faults.Network;

/// <summary>N1 to N3: a backend that cannot be reached, or is reached and says nothing.</summary>
public sealed class UnreachableTests : FaultScenario
{
    private static readonly TimeSpan InitializationTimeout = TimeSpan.FromSeconds(10);

    [Fact]
    [Scenario("N1")]
    public async Task N01_HostStartsInTimeOnTheBundledSnapshotWhereNoPacketIsAnswered()
    {
        using var hole = new BlackHole();
        await File.WriteAllTextAsync(Folder.File("flags.json"), Document.Of(7));
        var subject = Client(flags => flags.FromHttp(http => Reach(hole, http)).FallBackToFile(Folder.File("flags.json")));
        var before = subject.Status.State;

        var start = subject.StartHostAsync();
        await subject.VersionAsync(7);
        await Clock.ExpireDeadlineAsync();
        await start.WaitAsync(Until.Patience);

        before.Should().Be(FeatureClientState.NotReady);
        subject.Status.State.Should().Be(FeatureClientState.Stale);
        subject.Status.Cause!.Message.Should().Contain("did not send the response's headers within 00:00:04");
        (Clock.GetUtcNow() - FaultClock.First).Should().BeLessThanOrEqualTo(InitializationTimeout);
        subject.IsOn.Should().BeTrue();
    }

    [Fact]
    [Scenario("N1")]
    public async Task N01_HostStartsInTimeOnCallersFallbacksWhereThereIsNothingElse()
    {
        using var hole = new BlackHole();
        var subject = Client(flags => flags.FromHttp(hole.Address.ToString()));

        var start = subject.StartHostAsync();
        await Clock.ExpireDeadlineAsync();
        await start.WaitAsync(Until.Patience);

        subject.Status.State.Should().Be(FeatureClientState.NotReady);
        (Clock.GetUtcNow() - FaultClock.First).Should().BeLessThanOrEqualTo(InitializationTimeout);
        subject.Client.EvaluateBoolean("f", Bait.Context, fallback: true).Reason.Should().Be(EvaluationReason.NotReady);
    }

    [Fact]
    [Scenario("N1")]
    public async Task N01_BackendThatRefusesConnectionsIsRetriedWithJitterUntilItIsThere()
    {
        Server.Refuse();
        var subject = Poll(http => http.UseResilience(_ => { }));

        await Clock.SkipPausesUntilAsync(() => Clock.Pauses.Count >= 30);
        Server.Otherwise(Reply.Ok(Document.Of(1))).Listen();
        await Clock.SkipPausesUntilAsync(() => subject.Status.State == FeatureClientState.Ready);

        // Pauses are whole milliseconds: two of thirty that happen to be alike are chance, many are a schedule without jitter.
        Clock.Pauses.Take(30).Distinct().Should().HaveCountGreaterThanOrEqualTo(28);
        Clock.Pauses.Take(30).Should().OnlyContain(pause => pause <= TimeSpan.FromSeconds(60));
        Clock.Pauses.Take(30).Max().Should().BeGreaterThan(TimeSpan.FromSeconds(20), "pauses grow");
    }

    [Fact]
    [Scenario("N2")]
    public async Task N02_NameThatDoesNotResolveIsResolvedAnewAtEachAttempt()
    {
        using var moved = new ScriptedHttpServer();
        Server.Otherwise(Reply.Ok(Document.Of(1)));
        moved.Otherwise(Reply.Ok(Document.Of(2)));
        var names = new ScriptedNames();
        var subject = Client(flags => flags
            .FromHttp("http://flags.example.com/snapshot")
            .ConfigureHttpClient(http => http.ConfigurePrimaryHttpMessageHandler(() => names.Handler()))).Start();

        await Clock.SkipPausesUntilAsync(() => names.Asked >= 10);
        var cause = subject.Status.Cause;
        names.Target = Server.Address;
        var healedAt = Clock.GetUtcNow();
        await Clock.SkipPausesUntilAsync(() => subject.Status.SnapshotVersion == 1);
        var healed = Clock.GetUtcNow() - healedAt;
        names.Target = moved.Address;
        await Clock.SkipPausesUntilAsync(() => subject.Status.SnapshotVersion == 2);

        cause!.Kind.Should().Be(FeatureClientFaultKind.Unreachable);
        cause.Message.Should().Contain("flags.example.com");
        healed.Should().BeLessThan(TimeSpan.FromSeconds(65), "that is one ceiling of the pauses, and the attempts within one poll");
    }

    [Fact]
    [Scenario("N2")]
    public async Task N02_NameThatTheSystemDoesNotKnowIsSaidToBeOne()
    {
        var subject = Client(flags => flags.FromHttp(http =>
        {
            http.Address = new("http://flags.invalid/snapshot");
            http.UseResilience(_ => { });
        })).Start();

        await Until.HoldsAsync(() => subject.Status.Cause is not null);

        subject.Status.Cause!.Message.Should().Contain("flags.invalid").And.Contain("could not be reached");
    }

    [Theory]
    [Scenario("N3")]
    [InlineData("nothing")]
    [InlineData("headers without a body")]
    public async Task N03_BackendThatAcceptsAndFallsSilentCostsOneTimeoutAndNoMore(string sent)
    {
        Server.Then(Reply.Ok(Document.Of(1)))
            .Then(sent == "nothing" ? Reply.Stall() : Silence())
            .Otherwise(Reply.Ok(Document.Of(2)));
        var subject = Poll(http => http.UseResilience(_ => { }));
        await subject.VersionAsync(1);
        await Clock.SkipPauseAsync();
        await Until.HoldsAsync(() => Server.Served == 2);

        await Clock.ExpireDeadlineAsync();
        await subject.StateAsync(FeatureClientState.Stale);
        var cause = subject.Status.Cause!;
        await Clock.SkipPausesUntilAsync(() => subject.Status.SnapshotVersion == 2);

        cause.Message.Should().MatchRegex("did not send .* within 00:0");
        cause.Kind.Should().Be(FeatureClientFaultKind.Unreachable);
    }

    [Fact]
    [Scenario("N3")]
    public async Task N03_StreamThatIsAcceptedAndNeverOpensIsTriedAgain()
    {
        Server.Then(Reply.Stall()).Then(new EventFeed().Event("snapshot", Document.Of(1).OneLine()).Reply());
        var subject = Follow();
        await Until.HoldsAsync(() => Server.Served == 1);

        await Clock.ExpireDeadlineAsync();
        await Clock.SkipPausesUntilAsync(() => subject.Status.SnapshotVersion == 1);

        Server.Served.Should().Be(2);
    }

    private static void Reach(BlackHole hole, HttpSourceOptions http)
    {
        http.Address = hole.Address;
        http.AttemptTimeout = TimeSpan.FromSeconds(4);
        http.UseResilience(_ => { });
    }

    private static ScriptedReply Silence() => async (socket, stopping) =>
    {
        await Reply.SendHeadAsync(socket, "200 OK", ["Content-Length: 1000"], stopping);
        await Reply.Stall()(socket, stopping);
    };

    /// <summary>A resolver that knows no name until it is given a target.</summary>
    private sealed class ScriptedNames
    {
        private int _asked;

        public Uri? Target { get; set; }

        public int Asked => Volatile.Read(ref _asked);

        public SocketsHttpHandler Handler() => new()
        {
            ConnectCallback = async (_, cancellationToken) =>
            {
                Interlocked.Increment(ref _asked);
                if (Target is not { } target) throw new SocketException((int)SocketError.HostNotFound);
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(target.Host, target.Port, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
    }
}

using System.Text;

namespace ProgressiveDelivery.Sdk.Faults.Network;

/// <summary>N6 and N17: outages without number.</summary>
public sealed class FlappingTests : FaultScenario
{
    [Fact]
    [Scenario("N6")]
    public async Task N06_StreamThatDropsAfterASecondIsRetriedEverMoreSlowlyUntilItWasHealthyForAMinute()
    {
        Server.Otherwise(SnapshotThenDrop());
        var subject = Follow();
        await Clock.SkipPausesUntilAsync(() => Clock.GetUtcNow() >= FaultClock.First.AddMinutes(10));
        var served = Server.Served;
        var longest = Clock.Pauses.Max();

        var healthy = new EventFeed().Event("snapshot", Document.Of(2).OneLine());
        Server.Otherwise(healthy.Reply());
        await Clock.SkipPausesUntilAsync(() => subject.Status.SnapshotVersion == 2);
        for (var i = 0; i < 3; i++) await BeatAsync(healthy, subject);
        var pauses = Clock.Pauses.Count;
        healthy.End();
        await Until.HoldsAsync(() => Clock.Pauses.Count > pauses);

        served.Should().BeLessThan(60);
        longest.Should().BeGreaterThan(TimeSpan.FromSeconds(10));
        Clock.Pauses.ElementAt(pauses).Should().BeLessThanOrEqualTo(TimeSpan.FromSeconds(1), "after a healthy minute, pauses start small again");
    }

    [Theory]
    [Scenario("N17")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task N17_NetworkThatFlapsEveryThreeSecondsMakesNoStormOfStatesOrLines(bool isStream)
    {
        var version = 0;
        Server.Otherwise(async (socket, stopping) =>
        {
            if (IsDown()) socket.LingerState = new(enable: true, seconds: 0);
            else await NextSnapshot(isStream, Interlocked.Increment(ref version))(socket, stopping);
        });
        void Tolerate(ProgressiveDeliveryBuilder flags) => flags.Configure(options => options.MaxStaleness = TimeSpan.FromMinutes(8));
        var subject = isStream ? Follow(client: Tolerate) : Poll(http => http.PollingInterval = TimeSpan.FromSeconds(1), Tolerate);
        await Clock.SkipPausesUntilAsync(() => subject.Status.State == FeatureClientState.Ready);
        var states = new HashSet<FeatureClientState>();

        await Clock.SkipPausesUntilAsync(() =>
        {
            states.Add(subject.Status.State);
            return Clock.GetUtcNow() >= FaultClock.First.AddMinutes(10);
        });
        Server.Otherwise(NextSnapshot(isStream, 1_000_000));
        await Clock.SkipPausesUntilAsync(() => subject.Status.SnapshotVersion == 1_000_000);

        states.Should().Equal(FeatureClientState.Ready);
        subject.Warnings.Should().HaveCountLessThanOrEqualTo(5);
        subject.Status.State.Should().Be(FeatureClientState.Ready);
    }

    private static ScriptedReply NextSnapshot(bool isStream, int version) => isStream
        ? new EventFeed().Event("snapshot", Document.Of(version).OneLine()).End().Reply()
        : Reply.Ok(Document.Of(version));

    private bool IsDown() => (int)(Clock.GetUtcNow() - FaultClock.First).TotalSeconds / 3 % 2 == 1;

    private async Task BeatAsync(EventFeed feed, Subject subject)
    {
        Clock.Advance(TimeSpan.FromSeconds(30));
        feed.Heartbeat();
        await Until.HoldsAsync(() => subject.Status.LastConfirmed == Clock.GetUtcNow());
    }

    private ScriptedReply SnapshotThenDrop() => async (socket, stopping) =>
    {
        await Reply.SendHeadAsync(socket, "200 OK", ["Content-Type: text/event-stream"], stopping);
        await Reply.SendAsync(socket, Encoding.UTF8.GetBytes($"event: snapshot\ndata: {Document.Of(1).OneLine()}\n\n"), stopping);
        Clock.Advance(TimeSpan.FromSeconds(1));
    };
}

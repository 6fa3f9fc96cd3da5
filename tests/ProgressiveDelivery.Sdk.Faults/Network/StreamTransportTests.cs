using System.Text;

namespace ProgressiveDelivery.Sdk.Faults.Network;

/// <summary>N4 to N6: streams that break off, and those that do not.</summary>
public sealed class StreamTransportTests : FaultScenario
{
    [Fact]
    [Scenario("N4")]
    public async Task N04_HalfOpenStreamIsReconnectedBySilence()
    {
        var dead = new EventFeed().Event("snapshot", Document.Of(1).OneLine(), "1");
        Server.Then(dead.Reply()).Then(new EventFeed().Event("snapshot", Document.Of(2).OneLine(), "2").Reply());
        var subject = Follow();
        await subject.VersionAsync(1);

        await Clock.ExpireDeadlineAsync();
        await subject.StateAsync(FeatureClientState.Stale);
        var cause = subject.Status.Cause!;
        await Clock.SkipPausesUntilAsync(() => subject.Status.SnapshotVersion == 2);

        cause.Message.Should().Contain("did not send an event within 00:00:45");
        subject.Status.State.Should().Be(FeatureClientState.Ready);
        await dead.HungUp;
    }

    [Fact]
    [Scenario("N5")]
    public async Task N05_StreamThatIsAlwaysClosedAtOnceIsNotHammered()
    {
        Server.Otherwise(new EventFeed().End().Reply());
        var subject = Follow();

        await Clock.SkipPausesUntilAsync(() => Clock.GetUtcNow() >= FaultClock.First.AddHours(1));

        Server.Served.Should().BeInRange(60, 200, "an hour has 120 pauses of half a minute, on average");
        subject.Warnings.Should().ContainSingle();
    }

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

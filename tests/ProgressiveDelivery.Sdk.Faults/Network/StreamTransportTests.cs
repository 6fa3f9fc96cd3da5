namespace ProgressiveDelivery.Sdk.Faults.Network;

/// <summary>N4 to N6: streams that break off, and those that do not.</summary>
public sealed class StreamTransportTests : FaultScenario
{
    [Fact]
    [Scenario("N4")]
    public async Task N04_HalfOpenStreamIsReconnectedBySilence()
    {
        var dead = new EventFeed().Event("snapshot", Document.Of(1).OneLine(), "1");
        var alive = new EventFeed().Event("snapshot", Document.Of(2).OneLine(), "2");
        Server.Then(dead.Reply()).Then(alive.Reply());
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
}

namespace ProgressiveDelivery.Sdk.Faults.Network;

/// <summary>N4 and N5: streams that end, and those that do not.</summary>
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
}

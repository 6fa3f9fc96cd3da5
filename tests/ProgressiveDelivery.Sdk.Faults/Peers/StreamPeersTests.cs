namespace ProgressiveDelivery.Sdk.Faults.Peers;

/// <summary>Weaknesses of other libraries in following a stream, which this one does not have.</summary>
public sealed class StreamPeersTests : FaultScenario
{
    private const int Ends = 6;

    [Theory]
    [Scenario("W11")]
    [InlineData("snapshot", "{\"schema\": \"progressive-delivery/1\", \"version\": 2, \"fl")]
    [InlineData("snapshot", "[]")]
    [InlineData("patch", "poison")]
    [InlineData("patch", "{\"baseVersion\": 1, \"version\": 2, \"set\": {\"flags\": 7}}")]
    [InlineData("kill", "{\"version\": \"two\"}")]
    public async Task W11_PoisonOnAStreamEndsNothingForGood(string type, string poison)
    {
        EventFeed poisoned = new(), sound = new();
        Server.Then(poisoned.Event("snapshot", Document.Of(1).OneLine()).Event(type, poison).Reply()).Then(sound.Reply());
        var subject = Follow();
        await subject.VersionAsync(1);

        await Clock.SkipPausesUntilAsync(() => Server.Served == 2);
        subject.Status.SnapshotVersion.Should().Be(1);
        subject.Status.State.Should().Be(FeatureClientState.Failed);
        subject.Status.Cause!.Kind.Should().Be(FeatureClientFaultKind.InvalidSnapshot);

        sound.Event("snapshot", Document.Of(3).OneLine());
        await subject.VersionAsync(3);
        subject.Status.State.Should().Be(FeatureClientState.Ready);
        subject.Warnings.Should().NotBeEmpty();
    }

    [Fact]
    [Scenario("W12")]
    public async Task W12_StreamThatEndsCleanlyIsNotOpenedAgainAtOnce()
    {
        Server.Otherwise(async (socket, stopping) => await new EventFeed().Event("snapshot", Document.Of(1).OneLine()).End().Reply()(socket, stopping));
        Follow();

        var pauses = new List<double>();
        for (var i = 0; i < Ends; i++) pauses.Add((await Clock.SkipPauseAsync()).TotalSeconds);

        for (var i = 0; i < Ends; i++) pauses[i].Should().BeInRange(0, Math.Pow(2, i), "pauses are any part of a growing whole");
        pauses.Sum().Should().BePositive();
    }
}

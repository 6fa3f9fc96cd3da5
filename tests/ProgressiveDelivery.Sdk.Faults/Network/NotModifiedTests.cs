namespace ProgressiveDelivery.Sdk.Faults.Network;

/// <summary>N12: 304 at the wrong time, or with the wrong tag.</summary>
public sealed class NotModifiedTests : FaultScenario
{
    [Fact]
    [Scenario("N12")]
    public async Task N12_NotModifiedWithoutAnythingToReadIsAskedAgainAndThenAFault()
    {
        Server.Otherwise(Reply.NotModified("ETag: \"1\""));
        var subject = Poll();

        await Clock.SkipPausesUntilAsync(() => Server.Served >= 6);
        var (state, fault) = (subject.Status.State, subject.Status.Cause!);
        Server.Otherwise(Reply.Ok(Document.Of(1), "ETag: \"1\""));
        await Clock.SkipPausesUntilAsync(() => subject.Status.SnapshotVersion == 1);

        state.Should().Be(FeatureClientState.NotReady);
        fault.Message.Should().Contain("answered 304 to a request without If-None-Match");
    }

    [Fact]
    [Scenario("N12")]
    public async Task N12_NotModifiedWithoutATagEverSentHasTheBodyFetchedOnce()
    {
        Server.Then(Reply.Ok(Document.Of(1))).Then(Reply.NotModified()).Then(Reply.Ok(Document.Of(1)));
        var subject = Poll();
        await subject.VersionAsync(1);

        await Clock.SkipPauseAsync();
        await Until.HoldsAsync(() => Server.Served == 3 && subject.Status.LastConfirmed == Clock.GetUtcNow());

        subject.Status.State.Should().Be(FeatureClientState.Ready);
        subject.Status.SnapshotVersion.Should().Be(1);
    }

    [Theory]
    [Scenario("N12")]
    [InlineData("\"1\"", "\"1\"")]
    [InlineData("\"1\"", "\"2\"")]
    [InlineData("\"1\"", null)]
    [InlineData("W/\"1\"", "W/\"1\"")]
    [InlineData("W/\"1\"", "\"1\"")]
    public async Task N12_NotModifiedConfirmsWhatIsInForceWhateverTagItCarries(string sent, string? returned)
    {
        var notModified = returned is null ? Reply.NotModified() : Reply.NotModified($"ETag: {returned}");
        Server.Then(Reply.Ok(Document.Of(1), $"ETag: {sent}")).Then(notModified).Then(notModified);
        var subject = Poll();
        await subject.VersionAsync(1);
        await Server.RequestAsync();

        for (var i = 0; i < 2; i++)
        {
            await Clock.SkipPauseAsync();
            (await Server.RequestAsync())["If-None-Match"].Should().Be(sent);
            await Until.HoldsAsync(() => subject.Status.LastConfirmed == Clock.GetUtcNow());
        }

        subject.Status.State.Should().Be(FeatureClientState.Ready);
        subject.Status.SnapshotVersion.Should().Be(1);
        Server.Served.Should().Be(3);
    }
}

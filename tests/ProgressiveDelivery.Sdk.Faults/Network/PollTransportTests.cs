namespace ProgressiveDelivery.Sdk.Faults.Network;

/// <summary>Polls that are answered by something else than the backend, or wrongly.</summary>
public sealed class PollTransportTests : FaultScenario
{
    [Fact]
    [Scenario("N20")]
    public async Task N20_CaptivePortalIsNoSnapshotAndNoReasonToForgetTheLast()
    {
        Server.Then(Reply.Ok(Document.Of(1), "ETag: \"1\""))
            .Otherwise(Reply.Ok("<html><body>Welcome to our hotel</body></html>", "Content-Type: text/html", "ETag: \"hotel\""));
        var subject = Poll();
        await subject.VersionAsync(1);

        await Clock.SkipPausesUntilAsync(() => Server.Served > 20);

        subject.Status.SnapshotVersion.Should().Be(1);
        subject.Status.Cause!.Message.Should().Contain("captive portal");
        subject.IsOn.Should().BeTrue();
    }
}

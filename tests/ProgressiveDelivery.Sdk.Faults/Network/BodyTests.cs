using System.Text;

namespace ProgressiveDelivery.Sdk.Faults.Network;

/// <summary>N10, N11 and N20: bodies that are not what the backend meant to send.</summary>
public sealed class BodyTests : FaultScenario
{
    private static readonly byte[] Half = Encoding.UTF8.GetBytes(Document.Of(2))[..100];

    [Theory]
    [Scenario("N10")]
    [InlineData("reset")]
    [InlineData("truncated chunks")]
    [InlineData("length too large")]
    [InlineData("length too small")]
    public async Task N10_BodyThatIsCutOffIsAFaultOfTheNetworkAndNotOfTheSnapshot(string cut)
    {
        Server.Then(Reply.Ok(Document.Of(1))).Otherwise(CutOff(cut));
        var subject = Poll();
        await subject.VersionAsync(1);

        await Clock.SkipPausesUntilAsync(() => Server.Served > 10);
        var fault = subject.Status.Cause!;
        var (state, version) = (subject.Status.State, subject.Status.SnapshotVersion);
        Server.Otherwise(Reply.Ok(Document.Of(2)));
        await Clock.SkipPausesUntilAsync(() => subject.Status.SnapshotVersion == 2);

        fault.Kind.Should().Be(FeatureClientFaultKind.Unreachable);
        fault.Message.Should().NotContain("JSON");
        (state, version).Should().Be((FeatureClientState.Stale, 1));
    }

    [Fact]
    [Scenario("N10")]
    public async Task N10_EventThatIsCutOffIsNoEvent()
    {
        var cut = new EventFeed().Event("snapshot", Document.Of(1).OneLine()).Send("event: snapshot\ndata: ").Send(Half).Reset();
        Server.Then(cut.Reply()).Then(new EventFeed().Event("snapshot", Document.Of(3).OneLine()).Reply());
        var subject = Follow();

        await Clock.SkipPausesUntilAsync(() => subject.Status.SnapshotVersion == 3);

        subject.Logs.Should().NotContain(line => line.Message.Contains("refused", StringComparison.Ordinal));
    }

    [Fact]
    [Scenario("N11")]
    public async Task N11_BodyThatTricklesRunsOutOfTimeAndOfNoMemory()
    {
        using var pace = new SemaphoreSlim(0);
        Server.Then(Reply.Ok(Document.Of(1))).Then(Reply.Trickle(new byte[10_000_000], pace)).Otherwise(Reply.Ok(Document.Of(2)));
        var subject = Poll(http => http.UseResilience(_ => { }));
        await subject.VersionAsync(1);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await Clock.SkipPauseAsync();
        await Until.HoldsAsync(() => Server.Served == 2);

        pace.Release(50);
        await Until.HoldsAsync(() => pace.CurrentCount == 0);
        var held = GC.GetTotalMemory(forceFullCollection: true) - before;
        await Clock.DeadlineAsync(TimeSpan.FromSeconds(60));     // the headers have come, and the body has its time
        Clock.Advance(TimeSpan.FromSeconds(59));
        var state = subject.Status.State;
        await Clock.ExpireDeadlineAsync();
        await subject.StateAsync(FeatureClientState.Stale);
        var fault = subject.Status.Cause!;
        await Clock.SkipPausesUntilAsync(() => subject.Status.SnapshotVersion == 2);

        state.Should().Be(FeatureClientState.Ready);
        fault.Message.Should().Contain("did not send the whole body within 00:01:00");
        held.Should().BeLessThan(5_000_000, "room grows with what arrives, not with what was announced");
    }

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

    [Fact]
    [Scenario("N20")]
    public async Task N20_CaptivePortalIsNoStreamEither()
    {
        Server.Then(Reply.Ok("<html><body>Welcome to our hotel</body></html>", "Content-Type: text/html"))
            .Then(new EventFeed().Event("snapshot", Document.Of(1).OneLine()).Reply());
        var subject = Follow();

        await Until.HoldsAsync(() => subject.Status.Cause is not null);
        var fault = subject.Status.Cause!;
        await Clock.SkipPausesUntilAsync(() => subject.Status.SnapshotVersion == 1);

        fault.Message.Should().Contain("captive portal");
    }

    private static ScriptedReply CutOff(string cut) => cut switch
    {
        "reset" => Reply.Reset(Half, "Content-Length: 1000"),
        "truncated chunks" => Reply.Raw("200 OK", ["Transfer-Encoding: chunked"], [.. "c8\r\n"u8, .. Half]),
        "length too large" => Reply.Raw("200 OK", ["Content-Length: 1000"], Half),
        _ => Reply.Raw("200 OK", ["Content-Length: 100"], Encoding.UTF8.GetBytes(Document.Of(2))),
    };
}

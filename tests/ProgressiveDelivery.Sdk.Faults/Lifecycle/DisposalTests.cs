using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.Faults.Lifecycle;

/// <summary>A client ends once, soon, and for good.</summary>
public sealed class DisposalTests : FaultScenario
{
    [Fact]
    [Scenario("L1")]
    public async Task L01_EndDuringTheFirstFetchBreaksItOff()
    {
        Server.Otherwise(Reply.Stall());
        var subject = Poll();
        await Server.RequestAsync();

        await subject.DisposeAsync();
        Clock.Advance(TimeSpan.FromHours(1));

        await Until.HoldsAsync(() => Clock.Running == 0);
        Server.Served.Should().Be(1);
        subject.Warnings.Should().BeEmpty();
    }

    [Fact]
    [Scenario("L1")]
    public async Task L01_SourceThatDoesNotListenHoldsTheEndUpForFiveSecondsAtMost()
    {
        var never = new TaskCompletionSource<SnapshotReading>();
        var source = new PlayedSource().Then(_ => new(never.Task));
        var subject = Client(flags => flags.From(_ => source)).Start();
        await Until.HoldsAsync(() => source.Reads == 1);

        var ending = subject.DisposeAsync().AsTask();
        await Until.HoldsAsync(() => Clock.Running > 0);
        ending.IsCompleted.Should().BeFalse();
        Clock.Advance(TimeSpan.FromSeconds(5));
        await ending.WaitAsync(Until.Patience);

        never.SetResult(SnapshotReading.OfDocument(System.Text.Encoding.UTF8.GetBytes(Document.Of(1))));
        subject.Status.State.Should().Be(FeatureClientState.Closed);
        source.Reads.Should().Be(1);
    }

    [Fact]
    [Scenario("L2")]
    public async Task L02_EndingTwiceAndFromEverywhereIsEndingOnce()
    {
        Server.Otherwise(Reply.Ok(Document.Of(1)));
        var subject = Poll();
        await subject.VersionAsync(1);

        await Parallel.ForAsync(0, 100, async (i, _) =>
        {
            if (i % 2 == 0) await ((IAsyncDisposable)subject.Client).DisposeAsync();
            else ((IDisposable)subject.Client).Dispose();
        });
        await ((IAsyncDisposable)subject.Client).DisposeAsync();

        subject.Status.State.Should().Be(FeatureClientState.Closed);
        subject.Warnings.Should().BeEmpty();
    }

    [Fact]
    [Scenario("L3")]
    public async Task L03_EverythingMayBeCalledAfterTheEnd()
    {
        var source = new PlayedSource().Then(Document.Of(1));
        var subject = Client(flags => flags.From(_ => source)).Start();
        await subject.VersionAsync(1);
        var client = subject.Client;

        await ((IAsyncDisposable)client).DisposeAsync();

        client.EvaluateInteger("version", Bait.Context, 7).Should().BeEquivalentTo(new { Value = 7L, Reason = EvaluationReason.Closed, SnapshotVersion = 0L });
        client.EvaluateBoolean("f", Bait.Context, fallback: true).Should().BeEquivalentTo(new { Value = true, Reason = EvaluationReason.Closed });
        client.Explain("f", Bait.Context).Reason.Should().Be(EvaluationReason.Closed);
        client.GetFrontEndFlags(Bait.Context).ToJson().Should().Contain("{}");
        client.GetSnapshot().Version.Should().Be(0);
        using (client.OnChange(_ => throw new InvalidOperationException("Nothing changes any more."))) { }
        (await client.WaitUntilReadyAsync(Timeout.InfiniteTimeSpan)).State.Should().Be(FeatureClientState.Closed);
        source.Reads.Should().BeLessThanOrEqualTo(2);
    }

    [Fact]
    [Scenario("L9")]
    public async Task L09_EndWhileStreamingIsNotWorthALine()
    {
        var feed = new EventFeed();
        Server.Then(feed.Event("snapshot", Document.Of(1).OneLine()).Reply());
        var subject = Follow();
        // The last line before the end; it comes after what it tells of.
        await Until.HoldsAsync(() => subject.Logs.Any(line => line.Id.Name == "SnapshotApplied"));
        var before = subject.Logs.Count;

        await subject.DisposeAsync();
        await feed.HungUp;

        subject.Logs.Should().HaveCount(before).And.OnlyContain(line => line.Exception == null);
        subject.Warnings.Should().BeEmpty();
    }
}

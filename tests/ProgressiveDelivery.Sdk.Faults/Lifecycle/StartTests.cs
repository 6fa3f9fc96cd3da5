using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.Faults.Lifecycle;

/// <summary>A client starts in whatever host there is, and again after a start that failed.</summary>
public sealed class StartTests : FaultScenario
{
    [Fact]
    [Scenario("L6")]
    public async Task L06_NothingToWaitForAndNoTimeToWaitIsDoneAtOnce()
    {
        var source = new PlayedSource();
        var subject = Client(flags => flags.From(_ => source).Configure(options => options.InitializationTimeout = TimeSpan.Zero));

        var status = subject.Client.WaitUntilReadyAsync(TimeSpan.Zero);
        status.IsCompletedSuccessfully.Should().BeTrue();
        (await status.WaitAsync(Until.Patience)).State.Should().Be(FeatureClientState.NotReady);
        await subject.StartHostAsync();
        await subject.StopHostAsync();

        subject.Warnings.Should().ContainSingle().Which.Id.Name.Should().Be("StartedWithoutRules");
    }

    [Fact]
    [Scenario("L6")]
    public async Task L06_ClientThatNeverStartedEnds()
    {
        var source = new PlayedSource();
        var subject = Client(flags => flags.From(_ => source));

        await subject.DisposeAsync();

        source.Reads.Should().Be(0);
        subject.Status.State.Should().Be(FeatureClientState.Closed);
    }

    [Fact]
    [Scenario("L7")]
    public async Task L07_StartThatFailedIsFollowedByOneThatWorksWithOneLoop()
    {
        var source = new PlayedSource().Then(new SnapshotSourceException("Down."));
        var subject = Client(flags => flags.From(_ => source));
        var first = subject.Client.WaitUntilReadyAsync(TimeSpan.FromMilliseconds(1));
        await Clock.SkipPausesUntilAsync(() => first.IsCompleted);
        (await first.WaitAsync(Until.Patience)).State.Should().Be(FeatureClientState.NotReady);

        source.Then(Document.Of(1));
        var again = Enumerable.Range(0, 10).Select(_ => subject.Client.WaitUntilReadyAsync(Timeout.InfiniteTimeSpan)).ToList();
        await Clock.SkipPausesUntilAsync(() => again.All(one => one.IsCompleted));

        (await Task.WhenAll(again).WaitAsync(Until.Patience)).Should().OnlyContain(status => status.State == FeatureClientState.Ready);
        source.MaxReaders.Should().Be(1);
    }

    [Fact]
    [Scenario("L7")]
    public async Task L07_ClientAfterOneThatFailedIsANewOne()
    {
        PlayedSource down = new PlayedSource().Then(new SnapshotSourceException("Down.")), sound = new PlayedSource().Then(Document.Of(1));
        var first = Client(flags => flags.From(_ => down)).Start();
        await Clock.PauseAsync();
        await first.DisposeAsync();
        var reads = down.Reads;

        var second = Client(flags => flags.From(_ => sound)).Start();
        await second.VersionAsync(1);
        Clock.Advance(TimeSpan.FromHours(1));

        down.Reads.Should().Be(reads);
        await Until.HoldsAsync(() => Clock.Running == 0);
    }

    [Fact]
    [Scenario("L11")]
    public async Task L11_HostThatKnowsNoPhasesStartsIt()
    {
        var source = new PlayedSource().Then(Document.Of(1));
        var subject = Client(flags => flags.From(_ => source));

        foreach (var service in subject.Services.GetServices<IHostedService>()) await service.StartAsync(CancellationToken.None);

        subject.Status.State.Should().Be(FeatureClientState.Ready);
        foreach (var service in subject.Services.GetServices<IHostedService>()) await service.StopAsync(CancellationToken.None);
        subject.IsOn.Should().BeTrue("the container ends it, not the host");
    }

    [Fact]
    [Scenario("L11")]
    public async Task L11_WithoutAHostWhoWaitsStartsIt()
    {
        var source = new PlayedSource().Then(Document.Of(1));
        var subject = Client(flags => flags.From(_ => source));
        source.Reads.Should().Be(0, "resolving is no I/O");

        var status = await subject.Client.WaitUntilReadyAsync();

        status.State.Should().Be(FeatureClientState.Ready);
        subject.IsOn.Should().BeTrue();
    }

    [Fact]
    [Scenario("L11")]
    public async Task L11_WithoutAHostTheFirstQuestionStartsItAndSaysSo()
    {
        var source = new PlayedSource().Then(Document.Of(1));
        var subject = Client(flags => flags.From(_ => source));

        subject.Client.EvaluateBoolean("f", Bait.Context).Reason.Should().Be(EvaluationReason.NotReady);

        await subject.VersionAsync(1);
        subject.IsOn.Should().BeTrue();
        await subject.WarnedAsync(1);
        subject.Warnings.Should().ContainSingle().Which.Id.Name.Should().Be("StartedByQuestion");
    }
}

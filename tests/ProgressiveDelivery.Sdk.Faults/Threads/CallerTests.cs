using System.Globalization;
using Microsoft.Extensions.DependencyInjection;

namespace ProgressiveDelivery.Sdk.Faults.Threads;

/// <summary>What callers do with their threads harms neither them nor the client.</summary>
public sealed class CallerTests : FaultScenario
{
    [Fact]
    [Scenario("T1")]
    public void T01_CallerThatBlocksItsOnlyThreadIsNotDeadlocked()
    {
        Server.Then(Reply.Ok(Document.Of(1)));
        var subject = Client(flags => flags.FromHttp(Server.Address.ToString()));
        var state = FeatureClientState.NotReady;

        var (isDone, posted) = BlockedCaller.Run(() =>
        {
            state = subject.Client.WaitUntilReadyAsync(Timeout.InfiniteTimeSpan).GetAwaiter().GetResult().State;
            using var subscription = subject.Client.OnChange(_ => { });
            _ = subject.IsOn;
            _ = subject.Client.GetSnapshot();
            _ = subject.Client.Explain("f", Bait.Context);
            _ = subject.Client.GetFrontEndFlags(Bait.Context).ToJson();
            ((IAsyncDisposable)subject.Client).DisposeAsync().AsTask().GetAwaiter().GetResult();
            ((IDisposable)subject.Client).Dispose();
        });

        isDone.Should().BeTrue();
        posted.Should().Be(0, "nothing of ours needs the caller's thread");
        state.Should().Be(FeatureClientState.Ready);
    }

    [Fact]
    [Trait("Category", "Long")]
    [Scenario("T2")]
    public async Task T02_StarvedThreadPoolDelaysTheRefreshAndNoEvaluation()
    {
        using var victim = VictimProcess.Start("starve");

        var lines = await victim.LinesAsync();

        double.Parse(lines[0], CultureInfo.InvariantCulture).Should().BeLessThan(1_000, "that many microseconds");
        lines.Skip(1).Should().Equal(["1", "2"], "the new version comes late, but it comes");
    }

    [Fact]
    [Scenario("T3")]
    public async Task T03_WaiterThatNeverGoesOnDoesNotHoldTheLoop()
    {
        var source = new PlayedSource();
        var subject = Client(flags => flags.From(_ => source));
        using var gate = new ManualResetEventSlim();
        var waiters = Enumerable.Range(0, 4).Select(_ => WaitAndBlockAsync(subject, gate)).ToList();

        source.Then(Document.Of(1)).Then(Document.Of(2)).Then(Document.Of(3));
        await subject.VersionAsync(3);

        waiters.Should().OnlyContain(waiter => !waiter.IsCompleted);
        gate.Set();
        await Task.WhenAll(waiters).WaitAsync(Until.Patience);
    }

    [Fact]
    [Scenario("T7")]
    public async Task T07_ThousandWhoWaitShareOneRequest()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Server.Otherwise(async (socket, stopping) =>
        {
            await gate.Task;
            await Reply.Ok(Document.Of(1))(socket, stopping);
        });
        var subject = Client(flags => flags.FromHttp(Server.Address.ToString()));

        var waiting = Enumerable.Range(0, 1_000)
            .Select(_ => Task.Run(() => subject.Client.WaitUntilReadyAsync(Timeout.InfiniteTimeSpan))).ToList();
        await Server.RequestAsync();
        await Until.HoldsAsync(() => waiting.All(one => one.Status is TaskStatus.WaitingForActivation));
        gate.SetResult();

        (await Task.WhenAll(waiting).WaitAsync(Until.Patience)).Should().OnlyContain(status => status.State == FeatureClientState.Ready);
        Server.Served.Should().Be(1);
    }

    [Fact]
    [Scenario("T9")]
    public async Task T09_EvaluationThatRacesWithTheStartIsNotReadyOrRight()
    {
        for (var i = 0; i < 200; i++)
        {
            await using var provider = new ServiceCollection().AddProgressiveDelivery(flags => flags.FromDocument(Document.Of(1))).BuildServiceProvider();
            var client = provider.GetRequiredService<IFeatureClient>();
            var ready = Task.Run(() => client.WaitUntilReadyAsync());

            Evaluation<long> answer;
            do
            {
                answer = client.EvaluateInteger("version", Bait.Context, -1);
                (answer.Reason, answer.Value).Should().BeOneOf((EvaluationReason.NotReady, -1), (EvaluationReason.Default, 1));
            }
            while (answer.Reason == EvaluationReason.NotReady);

            (await ready.WaitAsync(Until.Patience)).SnapshotVersion.Should().Be(1);
        }
    }

    private static async Task WaitAndBlockAsync(Subject subject, ManualResetEventSlim gate)
    {
        await subject.Client.WaitUntilReadyAsync(Timeout.InfiniteTimeSpan).ConfigureAwait(false);
        gate.Wait();
    }
}

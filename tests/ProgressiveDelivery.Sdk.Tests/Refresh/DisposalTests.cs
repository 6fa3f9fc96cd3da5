using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Tests.Support;
using static ProgressiveDelivery.Sdk.Tests.Refresh.ScriptedSource;

namespace ProgressiveDelivery.Sdk.Tests.Refresh;

public sealed class DisposalTests : IDisposable
{
    private readonly ClientUnderTest _test = new();

    public void Dispose() => _test.Dispose();

    [Fact]
    public async Task AnswersAreFallbacksAfterwards()
    {
        await _test.PlayAsync(Rules(1));

        await _test.Client.DisposeAsync();

        var answer = _test.Client.EvaluateBoolean("f", EvaluationContext.Empty, fallback: true);
        answer.Should().BeEquivalentTo(new { Value = true, Reason = EvaluationReason.Closed, SnapshotVersion = 0L });
        _test.Client.GetFrontEndFlags(EvaluationContext.Empty).Should().NotBeNull();
        _test.Client.Explain("f", EvaluationContext.Empty).Reason.Should().Be(EvaluationReason.Closed);
        _test.Status.State.Should().Be(FeatureClientState.Closed);
        _test.Client.OnChange(_ => throw new InvalidOperationException()).Dispose();
    }

    [Fact]
    public async Task SnapshotTakenBeforeStillAnswers()
    {
        await _test.PlayAsync(Rules(1));
        var taken = _test.Client.GetSnapshot();

        await _test.Client.DisposeAsync();

        taken.IsEnabled("f", EvaluationContext.Empty).Should().BeTrue();
    }

    [Fact]
    public async Task ItEndsTheFirstFetch()
    {
        var canceled = new TaskCompletionSource();
        _test.Start().Source.Then(async token =>
        {
            await using var registration = token.Register(canceled.SetResult);
            await Task.Delay(Timeout.Infinite, token);
            return SnapshotReading.Current;
        });
        await _test.Source.NextReadAsync();

        await _test.Client.DisposeAsync();

        canceled.Task.IsCompleted.Should().BeTrue();
        _test.Source.Reads.Should().Be(1);
        _test.Warnings.Should().BeEmpty();
    }

    [Fact]
    public async Task NothingIsAppliedAfterwards()
    {
        var answer = new TaskCompletionSource<SnapshotReading>();
        _test.Start().Source.Then(_ => new(answer.Task));
        await _test.Source.NextReadAsync();

        await Task.Run(_test.Client.Dispose);
        answer.SetResult(SnapshotReading.OfDocument(System.Text.Encoding.UTF8.GetBytes(ClientUnderTest.Document(1))));
        await _test.Client.DisposeAsync();

        _test.Client.GetSnapshot().Version.Should().Be(0);
        _test.Status.State.Should().Be(FeatureClientState.Closed);
        _test.Source.Reads.Should().Be(1);
    }

    [Fact]
    public async Task SourceThatDoesNotListenIsNotWaitedForForEver()
    {
        _test.Start().Source.Then(_ => new(new TaskCompletionSource<SnapshotReading>().Task));
        await _test.Source.NextReadAsync();

        var disposing = _test.Client.DisposeAsync().AsTask();
        var before = disposing.IsCompleted;
        await _test.Time.AdvanceUntilDoneAsync(disposing, TimeSpan.FromSeconds(1));

        before.Should().BeFalse();
    }

    [Fact]
    public async Task SourceWhoseCallbackThrowsHarmsNobody()
    {
        _test.Start().Source.Then(async token =>
        {
            await using var registration = token.Register(() => throw new InvalidOperationException());
            await Task.Delay(Timeout.Infinite, token);
            return SnapshotReading.Current;
        });
        await _test.Source.NextReadAsync();

        await _test.Client.DisposeAsync();

        _test.Status.State.Should().Be(FeatureClientState.Closed);
    }

    [Fact]
    public async Task TwiceAndFromManyThreadsIsOnce()
    {
        await _test.PlayAsync(Rules(1));

        await Parallel.ForAsync(0, 100, async (i, _) =>
        {
            if (i % 2 == 0)
                await _test.Client.DisposeAsync();
            else
                await Task.Run(_test.Client.Dispose, CancellationToken.None);
        });

        _test.Status.State.Should().Be(FeatureClientState.Closed);
    }

    [Fact]
    public async Task HandlerMayDispose()
    {
        var disposed = new TaskCompletionSource();
        using var subscription = _test.Client.OnChange(_ =>
        {
            _test.Client.DisposeAsync().AsTask().ContinueWith(_ => disposed.SetResult(), TaskScheduler.Default);
            _test.Client.Dispose();
        });

        _test.Start().Source.Then(Rules(1));

        await disposed.Task.WaitAsync(TimeSpan.FromMinutes(2));
        _test.Status.State.Should().Be(FeatureClientState.Closed);
    }

    [Fact]
    public async Task ClientThatWasDisposedDoesNotStart()
    {
        await _test.Client.DisposeAsync();

        await _test.Client.WaitUntilReadyAsync();

        _test.Source.Reads.Should().Be(0);
    }

    private static Turn Rules(long version) => Document(ClientUnderTest.Document(version));
}

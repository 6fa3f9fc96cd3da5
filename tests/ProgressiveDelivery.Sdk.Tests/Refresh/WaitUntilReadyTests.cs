using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Tests.Support;
using static ProgressiveDelivery.Sdk.Tests.Refresh.ScriptedSource;

namespace ProgressiveDelivery.Sdk.Tests.Refresh;

public sealed class WaitUntilReadyTests : IDisposable
{
    private readonly ClientUnderTest _test = new();
    private readonly TempFolder _folder = new();

    public void Dispose()
    {
        _test.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task ItStartsTheClientAndEndsWithTheFirstRules()
    {
        var waiting = _test.Client.WaitUntilReadyAsync();
        await _test.Source.NextReadAsync();
        var before = waiting.IsCompleted;

        _test.Source.Then(Rules());
        var status = await waiting.WaitAsync(Until.Patience);

        before.Should().BeFalse();
        status.State.Should().Be(FeatureClientState.Ready);
        _test.IsOn.Should().BeTrue();
    }

    [Fact]
    public async Task WithoutRulesItEndsAtTheConfiguredTimeAndSaysSo()
    {
        var waiting = _test.Client.WaitUntilReadyAsync();
        await _test.Source.NextReadAsync();

        _test.Time.Advance(TimeSpan.FromSeconds(9));
        var before = waiting.IsCompleted;
        _test.Time.Advance(TimeSpan.FromSeconds(2));

        before.Should().BeFalse();
        (await waiting.WaitAsync(Until.Patience)).HasRules.Should().BeFalse();
    }

    [Fact]
    public async Task FailureWithoutRulesIsWaitedOut()
    {
        var waiting = _test.Client.WaitUntilReadyAsync(TimeSpan.FromHours(1));

        await _test.PlayAsync(Throw(new SnapshotSourceException("Down.")), Rules());

        (await waiting.WaitAsync(Until.Patience)).State.Should().Be(FeatureClientState.Ready);
    }

    [Fact]
    public async Task LocalRulesAreEnoughOnceTheSourceHasFailed()
    {
        await File.WriteAllTextAsync(_folder.File("bundled.json"), ClientUnderTest.Document(1));
        await using var test = new ClientUnderTest(client => client.FallBackToFile(_folder.File("bundled.json")));
        var waiting = test.Client.WaitUntilReadyAsync();
        await test.Source.NextReadAsync();
        var (before, hadRules) = (waiting.IsCompleted, test.Status.HasRules);

        test.Source.Then(Throw(new SnapshotSourceException("Down.")));
        var status = await waiting.WaitAsync(Until.Patience);

        (before, hadRules).Should().Be((false, true));
        status.Should().BeEquivalentTo(new { State = FeatureClientState.Stale, Origin = SnapshotOrigin.Bundled });
    }

    [Fact]
    public async Task LaterWaitersDoNotWait()
    {
        await _test.PlayAsync(Rules(), Throw(new SnapshotSourceException("Down.")));

        var waiting = _test.Client.WaitUntilReadyAsync(Timeout.InfiniteTimeSpan);

        waiting.IsCompleted.Should().BeTrue();
        (await waiting.WaitAsync(Until.Patience)).State.Should().Be(FeatureClientState.Stale);
    }

    [Fact]
    public async Task ManyMayWait()
    {
        var waiting = Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => _test.Client.WaitUntilReadyAsync()));

        await _test.PlayAsync(Rules());

        (await waiting.WaitAsync(Until.Patience)).Should().OnlyContain(status => status.State == FeatureClientState.Ready);
    }

    [Fact]
    public async Task WaiterThatBlocksForEverHoldsNobodyUp()
    {
        using var never = new ManualResetEventSlim();
        var blocked = _test.Client.WaitUntilReadyAsync().ContinueWith(
            _ => never.Wait(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

        try
        {
            await _test.PlayAsync(Rules(), Rules(2), Rules(3));

            _test.Status.SnapshotVersion.Should().Be(3);
        }
        finally
        {
            never.Set();
            await blocked;
        }
    }

    [Fact]
    public async Task CancellingEndsTheWaitingAndNotTheClient()
    {
        using var impatience = new CancellationTokenSource();
        var waiting = _test.Client.WaitUntilReadyAsync(cancellationToken: impatience.Token);

        await impatience.CancelAsync();
        await waiting.Awaiting(task => task).Should().ThrowAsync<OperationCanceledException>();
        await _test.PlayAsync(Rules());

        _test.IsOn.Should().BeTrue();
    }

    [Fact]
    public async Task ItEndsAtOnceWhenTheClientIsDisposed()
    {
        var waiting = _test.Client.WaitUntilReadyAsync(Timeout.InfiniteTimeSpan);
        await _test.Source.NextReadAsync();

        await _test.Client.DisposeAsync();

        (await waiting.WaitAsync(Until.Patience)).State.Should().Be(FeatureClientState.Closed);
        (await _test.Client.WaitUntilReadyAsync()).State.Should().Be(FeatureClientState.Closed);
    }

    [Fact]
    public void BlockingOnASingleThreadedContextDoesNotDeadlock()
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(new SilentContext());
        try
        {
            _test.Source.Then(Rules());

#pragma warning disable xUnit1031, RS0030 // What is tested is that blocking works.
            var ended = _test.Client.WaitUntilReadyAsync().Wait(TimeSpan.FromSeconds(30));
            ended &= _test.Client.DisposeAsync().AsTask().Wait(TimeSpan.FromSeconds(30));
#pragma warning restore xUnit1031, RS0030

            ended.Should().BeTrue();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    private static Turn Rules(long version = 1) => Document(ClientUnderTest.Document(version));

    /// <summary>Runs nothing that is posted to it, as a thread that is blocked would not.</summary>
    private sealed class SilentContext : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state)
        {
        }
    }
}

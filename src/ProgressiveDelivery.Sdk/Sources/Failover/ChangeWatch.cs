namespace ProgressiveDelivery.Sdk.Sources.Failover;

/// <summary>
/// Waits for one source's next change, in pieces where the loop has other work in between. The wait itself goes on, and begins
/// anew only when the source is read before it is over.
/// </summary>
internal sealed class ChangeWatch(ISnapshotSource source, TimeProvider clock)
{
    private CancellationTokenSource? _ending;
    private Task? _change;

    /// <summary>Waits for the change; returns false if the time ended first, in which case the wait goes on.</summary>
    /// <param name="longest">The time to wait.</param>
    /// <param name="stopping">Ends the wait for good.</param>
    /// <param name="call">Ends this piece of it.</param>
    public async Task<bool> WaitAsync(TimeSpan? longest, CancellationToken stopping, CancellationToken call = default)
    {
        if (_ending is null) Begin(stopping);
        var change = _change!;
        if (!change.IsCompleted)
            await change.WaitAsync(longest ?? Timeout.InfiniteTimeSpan, clock, call).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!change.IsCompleted) return false;

        await EndAsync().ConfigureAwait(false);
        await change.ConfigureAwait(false);
        return true;
    }

    /// <summary>Ends the wait, if there is one.</summary>
    public async ValueTask EndAsync()
    {
        if (_ending is not { } ending) return;

        _ending = null;
        if (_change is { IsCompleted: false }) await ending.CancelAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ending.Dispose();
    }

    private void Begin(CancellationToken stopping)
    {
        _ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        _change = ChangeAsync(_change, _ending.Token);
        _ = _change.ContinueWith(
            static change => change.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }

    // A wait that ignores its cancellation is not started twice; its result in the end is still news.
    private async Task ChangeAsync(Task? previous, CancellationToken cancellationToken)
    {
        if (previous is { IsCompleted: false })
        {
            await previous.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (previous.IsCompletedSuccessfully) return;
        }

        await source.WaitForChangeAsync(cancellationToken).ConfigureAwait(false);
    }
}

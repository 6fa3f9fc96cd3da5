namespace ProgressiveDelivery.Sdk.Sources.Failover;

/// <summary>
/// Waits for one source's next change, in pieces where somebody else has to be heard in between: the wait itself goes on, and
/// begins anew only when the source is read before it is over.
/// </summary>
internal sealed class ChangeWatch(ISnapshotSource source, TimeProvider clock)
{
    private CancellationTokenSource? _ending;
    private Task? _change;

    /// <summary>Whether the source changed; false when the time was over first, and the wait goes on.</summary>
    public async Task<bool> WaitAsync(TimeSpan? longest, CancellationToken stopping)
    {
        if (_ending is null) Begin(stopping);
        var change = _change!;
        if (!change.IsCompleted)
            await change.WaitAsync(longest ?? Timeout.InfiniteTimeSpan, clock, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!change.IsCompleted) return false;

        await EndAsync().ConfigureAwait(false);
        await change.ConfigureAwait(false);
        return true;
    }

    /// <summary>Gives the wait up, if there is one.</summary>
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

    // A wait that does not listen when it is given up is not doubled; and what it tells in the end has not been heard yet.
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

using ProgressiveDelivery.Sdk.Sources.Failover;

namespace ProgressiveDelivery.Sdk.Refresh;

/// <summary>
/// The one loop of a client: local fallbacks first, then the sources, one at a time, again and again. Whatever is thrown, and by
/// whom, costs one turn. It belongs to nobody's request: it starts without the starter's context, on the pool, and ends when it is
/// stopped.
/// </summary>
/// <param name="refresh">A turn.</param>
/// <param name="fallbacks">What there is before the first turn.</param>
/// <param name="sources">What is read; tells what is to be done next.</param>
/// <param name="clock">Measures pauses.</param>
internal sealed class RefreshLoop(SnapshotRefresh refresh, LocalFallbacks fallbacks, SourceList sources, TimeProvider clock) : IAsyncDisposable
{
    private static readonly TimeSpan LongestFarewell = TimeSpan.FromSeconds(5);

    private readonly object _gate = new();
    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;
    private Task? _stopped;
    private bool _isStarted;

    /// <summary>Starts the loop unless it was started, or stopped, before.</summary>
    public void Start()
    {
        lock (_gate)
        {
            if (_isStarted || _stopped is not null)
                return;
            _isStarted = true;
            _running = RunDetached();
        }
    }

    /// <summary>Stops the loop; completes when its last turn is over. Never fails.</summary>
    public Task StopAsync()
    {
        lock (_gate)
            return _stopped ??= EndAsync();
    }

    /// <summary>Stops the loop, and waits for its last turn for five seconds at most: a source may not listen.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync().WaitAsync(LongestFarewell, clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private Task RunDetached()
    {
        if (ExecutionContext.IsFlowSuppressed())
            return Task.Run(RunAsync);
        using (ExecutionContext.SuppressFlow())
            return Task.Run(RunAsync);
    }

    private async Task EndAsync()
    {
        // What is registered on the token is the source's code, which may be slow or throw: it runs on the pool.
        await _stopping.CancelAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await sources.CloseAsync().ConfigureAwait(false);
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        var stopping = _stopping.Token;
        await OnceAsync(fallbacks.LoadKillsAsync, stopping).ConfigureAwait(false);
        await OnceAsync(fallbacks.LoadControlAsync, stopping).ConfigureAwait(false);
        await OnceAsync(fallbacks.LoadLastKnownGoodAsync, stopping).ConfigureAwait(false);
        await OnceAsync(fallbacks.LoadBundledAsync, stopping).ConfigureAwait(false);
        while (!stopping.IsCancellationRequested)
        {
            var turn = sources.Next();
            await TellOfSwitchAsync().ConfigureAwait(false);
            await TakeAsync(turn, stopping).ConfigureAwait(false);
            await TellOfSwitchAsync().ConfigureAwait(false);
        }

        await OnceAsync(refresh.EndAsync, stopping).ConfigureAwait(false);
    }

    private async Task OnceAsync(Func<CancellationToken, ValueTask> step, CancellationToken stopping)
    {
        try
        {
            await step(stopping).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            if (!stopping.IsCancellationRequested)
                Report(() => fallbacks.Failed(failure, TimeSpan.Zero));
        }
    }

    private Task TakeAsync(SourceTurn turn, CancellationToken stopping) => turn.Step switch
    {
        SourceStep.Read => ReadAsync(turn.Source, stopping),
        SourceStep.Try => TryAsync(turn.Source, turn.Longest, stopping),
        SourceStep.Watch => WatchAsync(turn.Source, turn.Longest, stopping),
        _ => PauseAsync(turn.Longest, stopping),
    };

    private async Task ReadAsync(ListedSource source, CancellationToken stopping)
    {
        try
        {
            await refresh.RunAsync(source, limit: default, stopping).ConfigureAwait(false);
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            // Nobody is interested any more.
        }
        catch (Exception failure)
        {
            var pause = sources.Failed(source, failure);
            Report(() => refresh.Failed(source, failure, pause, sources.TakeSwitch()));
        }
    }

    // The source in use keeps its place: nobody but the preferred one hears of the try.
    private async Task TryAsync(ListedSource preferred, TimeSpan? longest, CancellationToken stopping)
    {
        try
        {
            using var limit = new CancellationTokenSource(longest ?? Timeout.InfiniteTimeSpan, clock);
            while (!await refresh.RunAsync(preferred, limit.Token, stopping).ConfigureAwait(false))
            {
                // A kill was obeyed, and says nothing of the rules.
            }
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            // Nobody is interested any more.
        }
        catch (Exception failure)
        {
            sources.Failed(preferred, failure);
            Report(() => refresh.TryFailed(preferred, failure));
        }
    }

    private async Task WatchAsync(ListedSource source, TimeSpan? longest, CancellationToken stopping)
    {
        try
        {
            if (await source.Watch.WaitAsync(longest, stopping).ConfigureAwait(false))
                source.Changed();
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            // Nobody is interested any more.
        }
        catch (Exception failure)
        {
            var pause = sources.WatchFailed(source, failure);
            Report(() => refresh.WatchFailed(source, failure, pause));
        }
    }

    private async Task PauseAsync(TimeSpan? longest, CancellationToken stopping) =>
        await Task.Delay(longest ?? Timeout.InfiniteTimeSpan, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private async Task TellOfSwitchAsync()
    {
        if (sources.TakeSwitch() is not { } change)
            return;
        Report(() => refresh.Switched(change));
        await change.From.Watch.EndAsync().ConfigureAwait(false);
    }

    private static void Report(Action report)
    {
        try
        {
            report();
        }
        catch (Exception)
        {
            // The user's log or meter threw, and there is nobody left to tell.
        }
    }
}

using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Sources.Failover;

namespace ProgressiveDelivery.Sdk.Refresh;

/// <summary>
/// The one loop of a client: local fallbacks first, then the sources, one at a time, again and again. Any exception costs one
/// turn. It belongs to no request: it starts without the starter's context, on the pool, and ends when it is stopped.
/// </summary>
/// <param name="refresh">Carries out one turn.</param>
/// <param name="fallbacks">The local fallbacks, loaded before the first turn.</param>
/// <param name="sources">The sources; they decide the next turn.</param>
/// <param name="clock">Measures pauses.</param>
internal sealed class RefreshLoop(SnapshotRefresh refresh, LocalFallbacks fallbacks, SourceList sources, TimeProvider clock) : IAsyncDisposable
{
    private static readonly TimeSpan MaxFarewell = TimeSpan.FromSeconds(5);

    private readonly object _gate = new();
    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;
    private Task? _stopped;
    private volatile bool _isStarted;

    /// <summary>Puts in force the rules that the preferred source holds in memory, if there are any and they are accepted.</summary>
    /// <returns>True if there are rules now.</returns>
    public bool TakeFromMemory() => sources.InUse is { Source: InMemorySnapshotSource memory } source && refresh.TryTake(source, memory.Content);

    /// <summary>Puts a document in force, in the format of the first source, until a source is read.</summary>
    /// <returns>True if it was accepted.</returns>
    public bool TakeDocument(string document) => fallbacks.TakeDocument(document);

    /// <summary>Starts the loop unless it was started, or stopped, before.</summary>
    /// <returns>True if this call started it.</returns>
    public bool Start()
    {
        if (_isStarted)
            return false;
        lock (_gate)
        {
            if (_isStarted || _stopped is not null)
                return false;
            _isStarted = true;
            _running = RunDetached();
            return true;
        }
    }

    /// <summary>Starts the loop unless it was started, or stopped, before; and reports it, since the client should have been started earlier.</summary>
    /// <returns>True if this call started it.</returns>
    public bool StartFor(ClientUse use)
    {
        var isFirst = Start();
        if (isFirst)
            ReportStart(use);
        return isFirst;
    }

    /// <summary>Writes the kills and snapshots accepted so far to disk; completes when this was tried, or the disk does not answer. Never fails.</summary>
    public Task FlushAsync() => refresh.FlushAsync();

    /// <summary>Stops the loop; completes when its last turn is over and the kills are on disk. Never fails.</summary>
    public Task StopAsync()
    {
        lock (_gate)
            return _stopped ??= EndAsync();
    }

    /// <summary>Stops the loop, and waits for its last turn and the disk for five seconds at most: a source may ignore cancellation, a disk may hang.</summary>
    public async ValueTask DisposeAsync()
    {
        var stopped = StopAsync();
        await stopped.WaitAsync(MaxFarewell, clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!stopped.IsCompleted)
            Report(refresh.EndedInTheMiddle);
    }

    // Apart, so that questions after the first one allocate no closure.
    private void ReportStart(ClientUse use) => Report(() => refresh.StartedFor(use));

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
        // The last turn may never end; the kills obeyed before are still written.
        _ = refresh.FlushAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await sources.CloseAsync().ConfigureAwait(false);
        await refresh.EndAsync().ConfigureAwait(false);
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        var stopping = _stopping.Token;
        await fallbacks.LoadAsync(stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (!stopping.IsCancellationRequested)
        {
            var turn = sources.Next();
            await TellOfSwitchAsync().ConfigureAwait(false);
            await TakeAsync(turn, stopping).ConfigureAwait(false);
            await TellOfSwitchAsync().ConfigureAwait(false);
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
            // The loop is stopping: the result no longer matters.
        }
        catch (Exception failure)
        {
            var pause = sources.Failed(source, failure);
            Report(() => refresh.Failed(source, failure, pause, sources.TakeSwitch()));
        }
    }

    // The source in use keeps its place: the try concerns only the preferred one.
    private async Task TryAsync(ListedSource preferred, TimeSpan? longest, CancellationToken stopping)
    {
        try
        {
            using var limit = new CancellationTokenSource(longest ?? Timeout.InfiniteTimeSpan, clock);
            while (!await refresh.RunAsync(preferred, limit.Token, stopping).ConfigureAwait(false))
            {
                // A kill was obeyed, which does not confirm the rules.
            }
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            // The loop is stopping: the result no longer matters.
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
            var call = refresh.Call;
            if (await source.Watch.WaitAsync(longest, stopping, call).ConfigureAwait(false) || call.IsCancellationRequested)
                source.Changed();
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            // The loop is stopping: the result no longer matters.
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
            // The user's log or meter threw: there is nowhere left to report it.
        }
    }
}

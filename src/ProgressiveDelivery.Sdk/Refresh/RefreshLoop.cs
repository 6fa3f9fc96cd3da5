using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.Refresh;

/// <summary>
/// The one loop of a client: local fallbacks first, then the source, again and again. Whatever is thrown, and by whom, costs one
/// turn. It belongs to nobody's request: it starts without the starter's context, on the pool, and ends when it is stopped.
/// </summary>
/// <param name="refresh">A turn.</param>
/// <param name="fallbacks">What there is before the first turn.</param>
/// <param name="source">What is read.</param>
/// <param name="owned">The source again, where nobody else disposes it and there is something to dispose.</param>
/// <param name="clock">Measures pauses.</param>
/// <param name="random">Spreads pauses.</param>
internal sealed class RefreshLoop(
    SnapshotRefresh refresh, LocalFallbacks fallbacks, ISnapshotSource source, IDisposable? owned, TimeProvider clock, Random random) : IAsyncDisposable
{
    private static readonly TimeSpan LongestFarewell = TimeSpan.FromSeconds(5);

    private readonly object _gate = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly RetryPace _reads = new(random, clock);
    private readonly RetryPace _waits = new(random, clock);
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
        owned?.Dispose();
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        var stopping = _stopping.Token;
        await TryAsync(fallbacks.LoadKillsAsync, _reads, fallbacks.Failed, stopping).ConfigureAwait(false);
        await TryAsync(fallbacks.LoadControlAsync, _reads, fallbacks.Failed, stopping).ConfigureAwait(false);
        await TryAsync(fallbacks.LoadLastKnownGoodAsync, _reads, fallbacks.Failed, stopping).ConfigureAwait(false);
        await TryAsync(fallbacks.LoadBundledAsync, _reads, fallbacks.Failed, stopping).ConfigureAwait(false);
        while (!stopping.IsCancellationRequested)
        {
            if (await TryAsync(refresh.RunAsync, _reads, refresh.Failed, stopping).ConfigureAwait(false))
                await TryAsync(source.WaitForChangeAsync, _waits, refresh.WatchFailed, stopping).ConfigureAwait(false);
        }

        await TryAsync(refresh.EndAsync, _reads, refresh.Failed, stopping).ConfigureAwait(false);
    }

    private async Task<bool> TryAsync(
        Func<CancellationToken, ValueTask> step, RetryPace pace, Action<Exception, TimeSpan> report, CancellationToken stopping)
    {
        try
        {
            await step(stopping).ConfigureAwait(false);
            pace.Succeeded();
            return true;
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception failure)
        {
            var pause = pace.After(failure);
            Report(report, failure, pause);
            await Task.Delay(pause, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return false;
        }
    }

    private static void Report(Action<Exception, TimeSpan> report, Exception failure, TimeSpan pause)
    {
        try
        {
            report(failure, pause);
        }
        catch (Exception)
        {
            // The user's log or meter threw, and there is nobody left to tell.
        }
    }
}

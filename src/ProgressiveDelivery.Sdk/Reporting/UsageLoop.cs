using ProgressiveDelivery.Sdk.Observation;

namespace ProgressiveDelivery.Sdk.Reporting;

/// <summary>
/// Reports usage at intervals, and when the client ends. It belongs to no request, and no caller waits for it: a faulty reporter
/// costs one turn, and nothing else.
/// </summary>
/// <param name="ledger">The ledger in which evaluations are counted.</param>
/// <param name="always">The channels that report all usage.</param>
/// <param name="ofSource">The channel of the source in use; null if it takes no reports.</param>
/// <param name="sources">The channels of all sources, which announce the client.</param>
/// <param name="interval">The interval between turns, up to 10 % shorter or longer.</param>
/// <param name="clock">Measures pauses.</param>
/// <param name="random">Spreads a fleet out.</param>
internal sealed class UsageLoop(
    UsageLedger ledger, UsageChannel[] always, Func<UsageChannel?> ofSource, UsageChannel[] sources, TimeSpan interval, TimeProvider clock, Random random) : IAsyncDisposable
{
    private const double Spread = 0.1;

    private static readonly TimeSpan MaxFarewell = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan MaxStop = TimeSpan.FromSeconds(5);

    private readonly object _gate = new();
    private readonly CancellationTokenSource _stopping = new();
    private Task? _running;
    private Task? _stopped;

    private UsageChannel[] All { get; } = [.. always, .. sources];

    /// <summary>Starts the loop unless it was started, or stopped, before.</summary>
    public void Start()
    {
        lock (_gate)
        {
            if (_running is not null || _stopped is not null)
                return;
            _running = RunDetached();
        }
    }

    /// <summary>Stops the loop and reports the last counts; completes when that is done, after three seconds at most. Never fails.</summary>
    public Task StopAsync()
    {
        lock (_gate)
            return _stopped ??= EndAsync(_running ?? Task.CompletedTask);
    }

    /// <summary>Stops the loop, and waits for its last turn for five seconds at most: a reporter may not listen.</summary>
    public async ValueTask DisposeAsync() =>
        await StopAsync().WaitAsync(MaxStop, clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private Task RunDetached()
    {
        if (ExecutionContext.IsFlowSuppressed())
            return Task.Run(RunAsync);
        using (ExecutionContext.SuppressFlow())
            return Task.Run(RunAsync);
    }

    private async Task RunAsync()
    {
        var stopping = _stopping.Token;
        while (!stopping.IsCancellationRequested)
        {
            await TakeTurnAsync(stopping).ConfigureAwait(false);
            await Task.Delay(Pause(), clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task TakeTurnAsync(CancellationToken stopping)
    {
        try
        {
            Collect();
            await Task.WhenAll(All.Select(channel => channel.TellAsync(stopping))).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Whatever it is, it costs this turn only.
        }
    }

    private async Task EndAsync(Task running)
    {
        // What a reporter registered on the token is its own code, which may be slow or throw: it runs on the pool.
        await _stopping.CancelAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        using var limit = new CancellationTokenSource(MaxFarewell, clock);
        await Task.WhenAll(All.Select(channel => channel.SettleAsync(limit.Token))).ConfigureAwait(false);
        Collect();
        await Task.WhenAll(All.Select(channel => channel.TellLastAsync(limit.Token))).ConfigureAwait(false);
        _stopping.Dispose();
    }

    private void Collect()
    {
        var counts = ledger.Take();
        foreach (var channel in always)
            channel.Add(counts);
        ofSource()?.Add(counts);
    }

    private TimeSpan Pause() => interval * (1 + (Spread * ((2 * random.NextDouble()) - 1)));
}

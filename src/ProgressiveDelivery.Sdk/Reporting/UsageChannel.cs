using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.Observation;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Telemetry;

namespace ProgressiveDelivery.Sdk.Reporting;

/// <summary>The counts that one reporter has not received yet, and the time of its next report. Only the loop calls it.</summary>
/// <param name="reporter">The reporter. Its code is not trusted: it runs apart, with a time limit.</param>
/// <param name="interval">The time from one turn to the next.</param>
/// <param name="logger">Logs when an outage begins and when it ends.</param>
/// <param name="client">The client's name for people.</param>
/// <param name="clock">Dates reports.</param>
internal sealed class UsageChannel(IUsageReporter reporter, TimeSpan interval, ILogger logger, string client, TimeProvider clock)
{
    private const int MaxTurnsLeftOut = 10;

    private static readonly TimeSpan MaxCall = TimeSpan.FromSeconds(30);

    private readonly string _name = reporter.Name;
    private readonly UsageCounts _untold = new();
    private DateTimeOffset _from = clock.GetUtcNow();
    private bool _isAnnounced;
    private Task? _cutShort;
    private int _failures;
    private int _leftOut;

    /// <summary>Adds these counts to the next report.</summary>
    public void Add(UsageCounts counts)
    {
        var hadRoom = _untold.Lost == 0;
        _untold.Add(counts);
        if (hadRoom && _untold.Lost > 0)
            logger.UsageOutgrown(client, _name, UsageCounts.MaxAnswers);
    }

    /// <summary>Takes a turn: reports the counts, unless the reporter is backing off. Never fails.</summary>
    public async Task TellAsync(CancellationToken cancellationToken)
    {
        if (_leftOut > 0)
            _leftOut--;
        else
            await TryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Waits for the report that was under way when the client began to stop: one that arrives after all must not be told twice. Never fails.
    /// </summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        if (_cutShort is not { } call)
            return;
        _cutShort = null;
        await call.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (call.IsCompletedSuccessfully)
            _untold.Clear();
    }

    /// <summary>Reports the counts for the last time, however often that failed. Never fails.</summary>
    public Task TellLastAsync(CancellationToken cancellationToken) => _untold.IsEmpty ? Task.CompletedTask : TryAsync(cancellationToken);

    private async Task TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (!_isAnnounced)
                await CallAsync(reporter.AnnounceAsync, cancellationToken).ConfigureAwait(false);
            _isAnnounced = true;
            await ReportAsync(cancellationToken).ConfigureAwait(false);
            Succeeded();
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // The client is stopping: the result no longer matters.
        }
        catch (Exception failure)
        {
            Failed(failure);
        }
    }

    private async Task ReportAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (!_untold.IsEmpty)
        {
            var report = new UsageReport(_from, now, Flags());
            await CallAsync(token => reporter.ReportAsync(report, token), cancellationToken, call => _cutShort = call).ConfigureAwait(false);
            _untold.Clear();
        }

        _from = now;
    }

    private FlagUsage[] Flags() =>
    [
        .. _untold.All
            .GroupBy(count => (count.Key.Flag, count.Key.Type, count.Key.Version))
            .Select(flag => new FlagUsage(flag.Key.Flag, flag.Key.Type, flag.Key.Version, [.. flag.Select(count => new VariantUsage(count.Key.Variant, count.Key.Value, count.Key.IsEnabled, count.Value))])),
    ];

    // On the pool, since it may block; and observed, since it may fail after the wait has ended.
    private async Task CallAsync(Func<CancellationToken, ValueTask> call, CancellationToken cancellationToken, Action<Task>? cutShort = null)
    {
        using var deadline = new CancellationTokenSource(MaxCall, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        var token = either.Token;
        var running = Task.Run(() => call(token).AsTask(), CancellationToken.None);
        _ = running.ContinueWith(static late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        try
        {
            await running.WaitAsync(token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            cutShort?.Invoke(running);
            throw;
        }
        catch (OperationCanceledException late) when (deadline.IsCancellationRequested)
        {
            throw new SnapshotSourceException($"it did not answer within {MaxCall}.", late);
        }
    }

    private void Succeeded()
    {
        if (_failures > 0)
            logger.UsageToldAgain(client, _name);
        _failures = 0;
    }

    private void Failed(Exception failure)
    {
        var (known, message) = (failure as SnapshotSourceException, failure is SnapshotSourceException ? failure.Message : $"{failure.GetType().Name}: {failure.Message}");
        _failures++;
        _leftOut = known?.Kind == FeatureClientFaultKind.AccessDenied ? MaxTurnsLeftOut : Math.Min(_failures - 1, MaxTurnsLeftOut);
        if (known?.RetryAfter is { } pause)
            _leftOut = Math.Max(_leftOut, (int)Math.Min(MaxTurnsLeftOut, pause / interval));
        if (_failures == 1)
            logger.UsageNotTold(client, _name, message);
        logger.UsageNotToldAgain(failure, client, _name, _failures, message);
    }
}

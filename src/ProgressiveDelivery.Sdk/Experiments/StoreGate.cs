using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Telemetry;

namespace ProgressiveDelivery.Sdk.Experiments;

/// <summary>
/// Calls an assignment store: on the pool, with a time limit, and not at all for a while after a failure. A store that fails or hangs costs its caller the limit at most.
/// Safe to use from any thread.
/// </summary>
/// <param name="isWrite">True if the calls write.</param>
/// <param name="limit">The time limit of a call.</param>
/// <param name="counts">Counts the calls.</param>
/// <param name="logger">Logs when an outage begins and when it ends.</param>
/// <param name="client">The client's name for people.</param>
/// <param name="clock">Measures the limit and the pauses.</param>
/// <param name="random">Spreads a fleet out.</param>
internal sealed class StoreGate(bool isWrite, TimeSpan limit, AssignmentCounts counts, ILogger logger, string client, TimeProvider clock, Random random)
{
    private const int MaxWarnings = 3;

    private readonly object _gate = new();
    private readonly FullJitter _pauses = new(random);
    private readonly WarningAllowance _warnings = new(MaxWarnings, clock);
    private long _failures;
    private bool _isTold;
    private long _pausedAt;
    private TimeSpan _pause;

    /// <summary>The rest of the pause after a failure; zero or less if a call may be made.</summary>
    public TimeSpan Pause
    {
        get
        {
            lock (_gate)
                return Rest;
        }
    }

    /// <summary>Calls the store. Never fails.</summary>
    /// <param name="call">Calls it and uses its answer. It may run on after the limit, when its token is canceled.</param>
    /// <param name="cancellationToken">Ends the wait, which then counts as neither success nor failure.</param>
    /// <returns>True if the call was done in time.</returns>
    public async Task<bool> CallAsync(Func<CancellationToken, Task> call, CancellationToken cancellationToken)
    {
        if (!TryEnter())
        {
            counts.Add(isWrite, StoreCallResult.Skipped);
            return false;
        }

        using var deadline = new CancellationTokenSource(limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        var token = either.Token;
        var running = Task.Run(() => call(token), CancellationToken.None);
        _ = running.ContinueWith(static late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        try
        {
            await running.WaitAsync(token).ConfigureAwait(false);
            Succeeded();
            return true;
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // The caller has gone: the store is not at fault.
            return false;
        }
        catch (Exception failure)
        {
            var isLate = deadline.IsCancellationRequested && failure is OperationCanceledException;
            Failed(isLate ? StoreCallResult.Late : StoreCallResult.Failed, isLate ? $"it did not answer within {limit}." : $"{failure.GetType().Name}: {failure.Message}");
            return false;
        }
    }

    private TimeSpan Rest => _failures == 0 ? TimeSpan.Zero : _pause - clock.GetElapsedTime(_pausedAt);

    // After a pause one call tries the store, and the others go on without it until that one is back.
    private bool TryEnter()
    {
        lock (_gate)
        {
            if (_failures == 0)
                return true;
            if (Rest > TimeSpan.Zero)
                return false;
            (_pausedAt, _pause) = (clock.GetTimestamp(), limit);
            return true;
        }
    }

    private void Succeeded()
    {
        counts.Add(isWrite, StoreCallResult.Answered);
        bool hasRecovered;
        lock (_gate)
        {
            (hasRecovered, _failures, _isTold) = (_isTold, 0, false);
            _pauses.Reset();
        }

        if (hasRecovered)
            logger.AssignmentStoreRecovered(client, Work);
    }

    private void Failed(StoreCallResult result, string fault)
    {
        counts.Add(isWrite, result);
        bool isWarning;
        lock (_gate)
        {
            isWarning = _failures == 0 && _warnings.TryTake();
            _isTold |= isWarning;
            _failures++;
            (_pausedAt, _pause) = (clock.GetTimestamp(), _pauses.Next());
        }

        logger.AssignmentStoreFailed(isWarning ? LogLevel.Warning : LogLevel.Debug, client, Work, fault);
    }

    private string Work => isWrite ? "written" : "read";
}

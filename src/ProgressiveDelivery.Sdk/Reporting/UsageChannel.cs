using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.Snapshots;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Telemetry;

namespace ProgressiveDelivery.Sdk.Reporting;

/// <summary>What one reporter was not told yet, and when it is told. Only the loop calls it.</summary>
/// <param name="reporter">Whose code is not trusted: it runs apart, and for so long and no longer.</param>
/// <param name="interval">The time from one turn to the next.</param>
/// <param name="logger">Told when an outage begins and when it is over.</param>
/// <param name="client">The client's name for people.</param>
/// <param name="clock">Dates reports.</param>
internal sealed class UsageChannel(IUsageReporter reporter, TimeSpan interval, ILogger logger, string client, TimeProvider clock)
{
    private const int MostTurnsLeftOut = 10;

    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(30);

    private readonly string _name = reporter.Name;
    private readonly UsageCounts _untold = new();
    private DateTimeOffset _from = clock.GetUtcNow();
    private bool _isAnnounced;
    private int _failures;
    private int _leftOut;

    /// <summary>Has these told with the next report.</summary>
    public void Add(UsageCounts counts)
    {
        var hadRoom = _untold.Lost == 0;
        _untold.Add(counts);
        if (hadRoom && _untold.Lost > 0)
            logger.UsageOutgrown(client, _name, UsageCounts.MostAnswers);
    }

    /// <summary>Takes a turn: tells what there is, unless it is to be left alone for a while. Never fails.</summary>
    public async Task TellAsync(CancellationToken cancellationToken)
    {
        if (_leftOut > 0)
            _leftOut--;
        else
            await TryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Tells what there is for the last time, however often that failed. Never fails.</summary>
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
            // Nobody is interested any more.
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
            await CallAsync(token => reporter.ReportAsync(report, token), cancellationToken).ConfigureAwait(false);
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

    // On the pool, since it may block; and observed, since it may fail when nobody waits any more.
    private async Task CallAsync(Func<CancellationToken, ValueTask> call, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(LongestCall, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        var token = either.Token;
        var running = Task.Run(() => call(token).AsTask(), CancellationToken.None);
        _ = running.ContinueWith(static late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        try
        {
            await running.WaitAsync(token).ConfigureAwait(false);
        }
        catch (OperationCanceledException late) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new SnapshotSourceException($"it did not answer within {LongestCall}.", late);
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
        _leftOut = known?.Kind == FeatureClientFaultKind.Refused ? MostTurnsLeftOut : Math.Min(_failures - 1, MostTurnsLeftOut);
        if (known?.RetryAfter is { } pause)
            _leftOut = Math.Max(_leftOut, (int)Math.Min(MostTurnsLeftOut, pause / interval));
        if (_failures == 1)
            logger.UsageNotTold(failure, client, _name, message);
        else
            logger.UsageNotToldAgain(failure, client, _name, _failures, message);
    }
}

using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.Telemetry;

namespace ProgressiveDelivery.Sdk.Status;

/// <summary>Reports stale rules: a warning when they become so, and their recovery. A log that throws does no harm.</summary>
internal sealed class StalenessJournal(ILogger logger, string client, TimeProvider clock)
{
    private readonly WarningAllowance _warnings = new(2, clock);
    private bool _isTold;

    public void Exceeded(FeatureClientStatus status, TimeSpan max)
    {
        _isTold = _warnings.TryTake();
        var cause = status.Cause is { Kind: not FeatureClientFaultKind.Unconfirmed } fault ? $" {fault.Message}" : " No attempt failed: one hangs. Make sure that the source answers in time.";
        Try(() => logger.RulesStale(_isTold ? LogLevel.Warning : LogLevel.Debug, client, status.Source, status.SnapshotVersion, max, cause));
    }

    public void Recovered(FeatureClientStatus status) =>
        Try(() => logger.RulesCurrentAgain(_isTold ? LogLevel.Information : LogLevel.Debug, client, status.Source, status.SnapshotVersion));

    private static void Try(Action log)
    {
        try
        {
            log();
        }
        catch (Exception)
        {
            // The user's log threw, on a timer's thread: there is nowhere left to report it.
        }
    }
}

using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.Telemetry;

namespace ProgressiveDelivery.Sdk.Refresh;

/// <summary>What people are told of rules that are too old: a warning when they become so, and their recovery. A log that throws harms nobody.</summary>
internal sealed class StalenessJournal(ILogger logger, string client, TimeProvider clock)
{
    private readonly WarningAllowance _warnings = new(2, clock);
    private bool _isTold;

    public void Exceeded(FeatureClientStatus status, TimeSpan max)
    {
        _isTold = _warnings.TryTake();
        var cause = status.Cause is { Kind: not FeatureClientFaultKind.Unconfirmed } fault ? $" {fault.Message}" : " No attempt failed: one hangs. See that the source answers in time.";
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
            // The user's log threw, on a timer's thread, and there is nobody left to tell.
        }
    }
}

using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Telemetry;

namespace ProgressiveDelivery.Sdk.Canary.Guards;

/// <summary>Reports on guards where no act does. Safe to use from any thread.</summary>
/// <param name="logger">The log; it does not throw.</param>
/// <param name="client">The client's name for people.</param>
/// <param name="clock">Measures the hour of the allowance.</param>
internal sealed class CanaryJournal(ILogger logger, string client, TimeProvider clock)
{
    private const int WarningsInAnHour = 5;

    private readonly WarningAllowance _dryRuns = new(WarningsInAnHour, clock);
    private readonly HashSet<(string Flag, string Guard)> _idle = [];

    /// <summary>Reports a guard in a dry run that would have tripped.</summary>
    public void DryRunTripped(GuardTrip trip)
    {
        LogLevel level;
        lock (_dryRuns)
            level = _dryRuns.TryTake() ? LogLevel.Warning : LogLevel.Debug;
        var (guard, flag) = (DiagnosticCatalog.Quote(trip.Guard), DiagnosticCatalog.Quote(trip.Flag));
        logger.GuardDryRunTripped(level, client, guard, flag, trip.Evidence);
    }

    /// <summary>Reports, once, a guard given in code that has nothing to watch.</summary>
    public void NothingToWatch(string flag, GuardDefinition guard, bool isFlagMissing)
    {
        lock (_idle)
        {
            if (!_idle.Add((flag, guard.Id)))
                return;
        }

        var missing = isFlagMissing ? "the snapshot has no such flag" : $"the flag lacks variant {DiagnosticCatalog.Quote(guard.Variant)}, or another one that the guard names";
        logger.GuardIdle(client, DiagnosticCatalog.Quote(guard.Id), DiagnosticCatalog.Quote(flag), missing);
    }
}

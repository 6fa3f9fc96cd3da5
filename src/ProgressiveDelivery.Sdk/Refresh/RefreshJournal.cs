using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Snapshots;
using ProgressiveDelivery.Sdk.Sources.Failover;
using ProgressiveDelivery.Sdk.Telemetry;

namespace ProgressiveDelivery.Sdk.Refresh;

/// <summary>
/// What people are told of the loop, without repetition: an outage is one warning and one recovery, however long it lasts, and of
/// outages without end three are told an hour; a refused document is told once, not at each poll; a fault that the last snapshot had
/// too is old news.
/// </summary>
internal sealed class RefreshJournal(ILogger logger, string client, Func<string> source, TimeProvider clock)
{
    private const int MostFaults = 10;
    private const int MostRefusals = 5;

    private readonly WarningAllowance _outageWarnings = new(3, clock);
    private readonly WarningAllowance _refusalWarnings = new(MostRefusals, clock);
    private HashSet<SnapshotDiagnostic> _knownFaults = [];
    private FeatureSnapshot? _expired;
    private UInt128? _refused;
    private int _refusals;
    private int _failures;
    private bool _isOut;
    private bool _isOutageTold;
    private bool _isWatchBroken;

    private string Source => source();

    public void Applied(FeatureSnapshot next, long previous, IReadOnlyList<SnapshotDiagnostic> faults)
    {
        logger.SnapshotApplied(client, next.Version, Source, previous);
        ListNew(faults, Source);
    }

    /// <summary>What was accepted is not in force, since an operator holds another snapshot.</summary>
    public void Waits(FeatureSnapshot next, string from, SnapshotHold hold, IReadOnlyList<SnapshotDiagnostic> faults)
    {
        logger.SnapshotWaits(client, next.Version, from, hold.By, hold.Version);
        ListNew(faults, from);
    }

    public void StartedLocally(FeatureSnapshot snapshot, string path, IReadOnlyList<SnapshotDiagnostic> faults)
    {
        logger.StartedLocally(client, snapshot.Version, snapshot.Origin, path, Source);
        List(faults, path);
        _knownFaults = [.. faults];
    }

    public void LocalFileFault(string fault) => logger.LocalFileFault(client, fault);

    /// <summary>Tells which last-known-good files could not be started from, all in one line, and what is there in their place.</summary>
    public void GenerationsSkipped(IReadOnlyList<string> skipped, long inForce)
    {
        if (skipped.Count == 0)
            return;
        var instead = inForce > 0 ? FormattableString.Invariant($"An older one, version {inForce}, is in force") : "There is no older one";
        logger.GenerationsSkipped(client, instead, string.Join(' ', skipped));
    }

    public void LocalFileUnused(string path, string reason) => logger.LocalFileUnused(client, path, reason);

    public void Refused(AcceptanceResult result, long inForce)
    {
        _isOut = true;
        if (_refusals > 0 && _refused is not null && _refused == result.Fingerprint)
            return;

        var isTold = _refusals < MostRefusals && _refusalWarnings.TryTake();
        _isOutageTold |= isTold;
        var (level, rules) = (isTold ? LogLevel.Warning : LogLevel.Debug, Rules(inForce));
        logger.SnapshotRefused(level, client, Source, rules, result.Diagnostics[^1]);
        if (_refusals == 0)
            List(result.Diagnostics.SkipLast(1), Source);
        _refused = result.Fingerprint;
        _refusals++;
    }

    public void Killed(SnapshotKill kill, bool hasEffect)
    {
        if (hasEffect)
            logger.FlagKilled(client, kill.Flag, kill.Variant, kill.Version, Source);
        else
            logger.KillWithoutEffect(client, kill.Flag, kill.Variant, Source);
    }

    public void Failed(Exception failure, string fault, TimeSpan pause, long inForce)
    {
        if (!_isOut)
            OutageBegan(fault, inForce);
        logger.AttemptFailed(failure, client, ++_failures, pause, fault);
    }

    public void WatchFailed(Exception failure, string fault, TimeSpan pause)
    {
        if (!_isWatchBroken)
            logger.WatchBroke(client, Source, fault);
        _isWatchBroken = true;
        logger.WatchFailed(failure, client, pause, fault);
    }

    /// <summary>Another source came into use. Of an outage of all of them, each is told once.</summary>
    public void Switched(SourceSwitch change, string? fault)
    {
        if (change.IsReturn)
        {
            logger.SourceReturned(client, change.To.Name, change.From.Name);
            return;
        }

        var level = change.From switch
        {
            { IsStopped: true } => LogLevel.Information,
            { IsMissed: true } => LogLevel.Debug,
            _ => LogLevel.Warning,
        };
        logger.SourceLeft(level, client, change.From.Name, change.To.Name, fault);
        change.From.IsMissed = true;
        _isOut = true;
    }

    /// <summary>A source is never read again.</summary>
    public void Stopped(string fault, long inForce)
    {
        logger.SourceStopped(client, fault, Rules(inForce));
        _isOut = true;
    }

    public void TryFailed(Exception failure, string preferred, string fault) => logger.PreferredSourceFailed(failure, client, preferred, fault);

    /// <summary>What is in force is current.</summary>
    public void Confirmed(FeatureSnapshot inForce, DateTimeOffset now)
    {
        if (_isOut)
            logger.OutageEnded(_isOutageTold ? LogLevel.Information : LogLevel.Debug, client, Source, inForce.Version);
        (_isOut, _isOutageTold, _failures, _refusals) = (false, false, 0, 0);
        WarnOfExpiry(inForce, now);
    }

    public void WarnOfExpiry(FeatureSnapshot inForce, DateTimeOffset now)
    {
        if (inForce.Rules.ExpiresAt is not { } expiry || expiry > now || inForce == _expired)
            return;
        logger.SnapshotExpired(client, inForce.Version, expiry);
        _expired = inForce;
    }

    private void OutageBegan(string fault, long inForce)
    {
        (_isOut, _isOutageTold) = (true, _outageWarnings.TryTake());
        var (level, rules) = (_isOutageTold ? LogLevel.Warning : LogLevel.Debug, Rules(inForce));
        logger.OutageBegan(level, client, fault, rules);
    }

    private static string Rules(long inForce) =>
        inForce > 0 ? FormattableString.Invariant($"version {inForce} stays in force") : "callers get their fallbacks meanwhile";

    private void ListNew(IReadOnlyList<SnapshotDiagnostic> faults, string from)
    {
        List(faults.Where(fault => !_knownFaults.Contains(fault)), from);
        _knownFaults = [.. faults];
    }

    private void List(IEnumerable<SnapshotDiagnostic> faults, string from)
    {
        var all = faults.ToList();
        foreach (var fault in all.Take(MostFaults))
            logger.SnapshotFault(client, from, fault);
        if (all.Count > MostFaults)
            logger.MoreSnapshotFaults(client, from, all.Count - MostFaults);
    }
}

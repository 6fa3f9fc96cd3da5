using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.Acceptance;
using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Snapshots;
using ProgressiveDelivery.Sdk.Sources.Failover;
using ProgressiveDelivery.Sdk.Telemetry;

namespace ProgressiveDelivery.Sdk.Refresh;

/// <summary>
/// Reports on the loop, without repetition. An outage is one warning and one recovery, however long it lasts; of repeated outages,
/// three an hour are reported. A rejected document is reported once, not at each poll. A fault that the last snapshot had too is
/// not repeated.
/// </summary>
internal sealed class RefreshJournal(ClientLogs logs, string client, Func<string> source, TimeProvider clock)
{
    private const int MaxFaults = 10;
    private const int MaxRefusals = 5;

    private readonly WarningAllowance _outageWarnings = new(3, clock);
    private readonly WarningAllowance _refusalWarnings = new(MaxRefusals, clock);
    private readonly HashSet<SnapshotDiagnostic> _knownOfKills = [];
    private HashSet<SnapshotDiagnostic> _knownFaults = [];
    private FeatureSnapshot? _expired;
    private UInt128? _refused;
    private int _refusals;
    private int _failures;
    private bool _isOut;
    private bool _isOutageTold;
    private bool _isWatchBroken;
    private bool _isNotKept;

    private string Source => source();

    public void StartedFor(ClientUse use)
    {
        if (use == ClientUse.Question)
            logs.Refresh.StartedByQuestion(client, Source);
        else
            logs.Refresh.StartedBySubscription(client, Source);
    }

    public void Applied(FeatureSnapshot next, long previous, IReadOnlyList<SnapshotDiagnostic> faults)
    {
        logs.Refresh.SnapshotApplied(client, next.Version, Source, previous);
        ListNew(faults, Source);
    }

    /// <summary>Reports that an accepted snapshot waits, since an operator holds another one.</summary>
    public void Waits(FeatureSnapshot next, string from, SnapshotHold hold, IReadOnlyList<SnapshotDiagnostic> faults)
    {
        logs.Refresh.SnapshotWaits(client, next.Version, from, hold.By, hold.Version);
        ListNew(faults, from);
    }

    public void StartedLocally(FeatureSnapshot snapshot, string path, IReadOnlyList<SnapshotDiagnostic> faults)
    {
        logs.Refresh.StartedLocally(client, snapshot.Version, snapshot.Origin, path, Source);
        List(faults, path);
        _knownFaults = [.. faults];
    }

    public void EndedBeforeTheDisk(string path) => logs.Fallback.EndedBeforeTheDisk(client, path);

    public void LocalFileFault(string fault) => logs.Fallback.LocalFileFault(client, fault);

    /// <summary>Reports the last-known-good files that could not be loaded, all in one line, and the version in their place.</summary>
    public void GenerationsSkipped(IReadOnlyList<string> skipped, long inForce)
    {
        if (skipped.Count == 0)
            return;
        var instead = inForce > 0 ? FormattableString.Invariant($"An older one, version {inForce}, is in force") : "There is no older one";
        logs.Fallback.GenerationsSkipped(client, instead, string.Join(' ', skipped));
    }

    /// <summary>Reports that a snapshot cannot be kept on disk; once, until one is kept again.</summary>
    public void NotKept(long version, string fault)
    {
        if (!_isNotKept)
            logs.Fallback.SnapshotNotKept(client, version, fault);
        _isNotKept = true;
    }

    /// <summary>Records that the snapshot is kept on disk.</summary>
    public void Kept() => _isNotKept = false;

    public void LocalFileUnused(string path, string reason) => logs.Fallback.LocalFileUnused(client, path, reason);

    public void Refused(AcceptanceResult result, long inForce)
    {
        _isOut = true;
        if (_refusals > 0 && _refused is not null && _refused == result.Fingerprint)
            return;

        var isTold = _refusals < MaxRefusals && _refusalWarnings.TryTake();
        _isOutageTold |= isTold;
        var (level, rules) = (isTold ? LogLevel.Warning : LogLevel.Debug, Rules(inForce));
        logs.Refresh.SnapshotRefused(level, client, Source, rules, result.Diagnostics[^1]);
        if (_refusals == 0)
            List(result.Diagnostics.SkipLast(1), Source);
        _refused = result.Fingerprint;
        _refusals++;
    }

    /// <summary>Reports warnings about a kill that is obeyed: each once, and few of them.</summary>
    public void KillRead(IReadOnlyList<SnapshotDiagnostic> warnings)
    {
        foreach (var warning in warnings)
        {
            if (_knownOfKills.Count < MaxFaults && _knownOfKills.Add(warning))
                logs.Control.KillWarning(client, Source, warning);
        }
    }

    public void Failed(Exception failure, string fault, TimeSpan pause, long inForce)
    {
        if (!_isOut)
            OutageBegan(fault, inForce);
        logs.Sources.AttemptFailed(failure, client, ++_failures, pause, fault);
    }

    public void WatchFailed(Exception failure, string fault, TimeSpan pause)
    {
        if (!_isWatchBroken)
            logs.Sources.WatchBroke(client, Source, fault);
        _isWatchBroken = true;
        logs.Sources.WatchFailed(failure, client, pause, fault);
    }

    /// <summary>Reports a change of the source in use. In an outage of all sources, each is reported once.</summary>
    public void Switched(SourceSwitch change, string? fault)
    {
        if (change.IsReturn)
        {
            logs.Sources.SourceReturned(client, change.To.Name, change.From.Name);
            return;
        }

        var level = change.From switch
        {
            { IsStopped: true } => LogLevel.Information,
            { IsMissed: true } => LogLevel.Debug,
            _ => LogLevel.Warning,
        };
        logs.Sources.SourceLeft(level, client, change.From.Name, change.To.Name, fault);
        change.From.IsMissed = true;
        _isOut = true;
    }

    /// <summary>Reports that a source is never read again.</summary>
    public void Stopped(string fault, long inForce)
    {
        logs.Sources.SourceStopped(client, fault, Rules(inForce));
        _isOut = true;
    }

    public void TryFailed(Exception failure, string preferred, string fault) => logs.Sources.PreferredSourceFailed(failure, client, preferred, fault);

    /// <summary>Records that the rules in force are current.</summary>
    public void Confirmed(FeatureSnapshot inForce, DateTimeOffset now)
    {
        if (_isOut)
            logs.Sources.OutageEnded(_isOutageTold ? LogLevel.Information : LogLevel.Debug, client, Source, inForce.Version);
        (_isOut, _isOutageTold, _failures, _refusals) = (false, false, 0, 0);
        WarnOfExpiry(inForce, now);
    }

    public void WarnOfExpiry(FeatureSnapshot inForce, DateTimeOffset now)
    {
        if (inForce.Rules.ExpiresAt is not { } expiry || expiry > now || inForce == _expired)
            return;
        logs.Refresh.SnapshotExpired(client, inForce.Version, expiry);
        _expired = inForce;
    }

    private void OutageBegan(string fault, long inForce)
    {
        (_isOut, _isOutageTold) = (true, _outageWarnings.TryTake());
        var (level, rules) = (_isOutageTold ? LogLevel.Warning : LogLevel.Debug, Rules(inForce));
        logs.Sources.OutageBegan(level, client, fault, rules);
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
        // Faults that cost a flag come first.
        var all = faults.OrderByDescending(fault => fault.Severity).ToList();
        foreach (var fault in all.Take(MaxFaults))
            logs.Refresh.SnapshotFault(client, from, fault);
        if (all.Count > MaxFaults)
            logs.Refresh.MoreSnapshotFaults(client, from, all.Count - MaxFaults);
    }
}

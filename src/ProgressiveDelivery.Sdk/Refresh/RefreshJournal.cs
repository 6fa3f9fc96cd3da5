using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Snapshots;
using ProgressiveDelivery.Sdk.Telemetry;

namespace ProgressiveDelivery.Sdk.Refresh;

/// <summary>
/// What people are told of the loop, without repetition: an outage is one warning and one recovery, however long it lasts; a
/// refused document is told once, not at each poll; a fault that the last snapshot had too is old news.
/// </summary>
internal sealed class RefreshJournal(ILogger logger, string client, Func<string> source)
{
    private const int MostFaults = 10;
    private const int MostRefusals = 5;

    private HashSet<SnapshotDiagnostic> _knownFaults = [];
    private FeatureSnapshot? _expired;
    private UInt128? _refused;
    private int _refusals;
    private int _failures;
    private bool _isOut;
    private bool _isWatchBroken;

    private string Source => source();

    public void Applied(FeatureSnapshot next, long previous, IReadOnlyList<SnapshotDiagnostic> faults)
    {
        logger.SnapshotApplied(client, next.Version, Source, previous);
        List(faults.Where(fault => !_knownFaults.Contains(fault)), Source);
        _knownFaults = [.. faults];
    }

    public void StartedLocally(FeatureSnapshot snapshot, string path, IReadOnlyList<SnapshotDiagnostic> faults)
    {
        logger.StartedLocally(client, snapshot.Version, snapshot.Origin, path, Source);
        List(faults, path);
        _knownFaults = [.. faults];
    }

    public void LocalFileFault(string fault) => logger.LocalFileFault(client, fault);

    public void LocalFileUnused(string path, string reason) => logger.LocalFileUnused(client, path, reason);

    public void Refused(AcceptanceResult result, long inForce)
    {
        _isOut = true;
        if (_refusals > 0 && _refused is not null && _refused == result.Fingerprint)
            return;

        var (level, rules) = (_refusals < MostRefusals ? LogLevel.Warning : LogLevel.Debug, Rules(inForce));
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
            logger.OutageBegan(client, fault, Rules(inForce));
        _isOut = true;
        logger.AttemptFailed(failure, client, ++_failures, pause, fault);
    }

    public void WatchFailed(Exception failure, string fault, TimeSpan pause)
    {
        if (!_isWatchBroken)
            logger.WatchBroke(client, Source, fault);
        _isWatchBroken = true;
        logger.WatchFailed(failure, client, pause, fault);
    }

    /// <summary>What is in force is current.</summary>
    public void Confirmed(FeatureSnapshot inForce, DateTimeOffset now)
    {
        if (_isOut)
            logger.OutageEnded(client, Source, inForce.Version);
        (_isOut, _failures, _refusals) = (false, 0, 0);
        WarnOfExpiry(inForce, now);
    }

    public void WarnOfExpiry(FeatureSnapshot inForce, DateTimeOffset now)
    {
        if (inForce.Rules.ExpiresAt is not { } expiry || expiry > now || inForce == _expired)
            return;
        logger.SnapshotExpired(client, inForce.Version, expiry);
        _expired = inForce;
    }

    private static string Rules(long inForce) =>
        inForce > 0 ? FormattableString.Invariant($"version {inForce} stays in force") : "callers get their fallbacks meanwhile";

    private void List(IEnumerable<SnapshotDiagnostic> faults, string from)
    {
        var all = faults.ToList();
        foreach (var fault in all.Take(MostFaults))
            logger.SnapshotFault(client, from, fault);
        if (all.Count > MostFaults)
            logger.MoreSnapshotFaults(client, from, all.Count - MostFaults);
    }
}

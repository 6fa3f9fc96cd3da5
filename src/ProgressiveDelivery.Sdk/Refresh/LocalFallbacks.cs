using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Fallback;
using ProgressiveDelivery.Sdk.Snapshots;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.Refresh;

/// <summary>
/// What there is to start from before the source is read: the last-known-good file, then the bundled one, which takes over only
/// with a higher version (an application that was shipped after the file was written). Both are in the source's format.
/// </summary>
internal sealed class LocalFallbacks(
    LastKnownGoodFile? lastKnownGood,
    BundledSnapshotFile? bundled,
    ISnapshotFormat format,
    SnapshotAcceptance acceptance,
    SnapshotSteering steering,
    RefreshJournal journal,
    LastKnownGoodKeeper? keeper,
    KillOrders kills,
    SnapshotControl control)
{
    /// <summary>What was killed stays so, under whatever rules come.</summary>
    public ValueTask LoadKillsAsync(CancellationToken cancellationToken) => kills.RestoreAsync(cancellationToken);

    /// <summary>What operators held and overrode for longer than a run holds again.</summary>
    public ValueTask LoadControlAsync(CancellationToken cancellationToken) => control.RestoreAsync(cancellationToken);

    public async ValueTask LoadLastKnownGoodAsync(CancellationToken cancellationToken)
    {
        if (lastKnownGood is null)
            return;
        var reading = await lastKnownGood.ReadAsync(cancellationToken).ConfigureAwait(false);
        if (reading.Outcome == FallbackOutcome.Missing)
            journal.LocalFileUnused(lastKnownGood.Path, reading.Message);
        else
            keeper?.Found(Load(reading, SnapshotOrigin.LastKnownGood, lastKnownGood.Path));
    }

    public async ValueTask LoadBundledAsync(CancellationToken cancellationToken)
    {
        if (bundled is null)
            return;
        var reading = await bundled.ReadAsync(cancellationToken).ConfigureAwait(false);
        Load(reading, SnapshotOrigin.Bundled, bundled.Path);
    }

    /// <summary>Loading threw, for all that reading promises; the start goes on.</summary>
    public void Failed(Exception failure, TimeSpan pause) => journal.LocalFileFault($"A local file is not used: {failure.Message}");

    private UInt128? Load(FallbackReading reading, SnapshotOrigin origin, string path)
    {
        if (reading.Outcome != FallbackOutcome.Found)
        {
            journal.LocalFileFault(reading.Message);
            return null;
        }

        var inForce = steering.Newest;
        var result = acceptance.Judge(SnapshotReading.OfDocument(reading.Document), format, origin, inForce);
        if (result.Snapshot is { } snapshot && snapshot.Version > inForce.Version)
            PutInForce(snapshot, path, result);
        else
            PassBy(path, result, inForce);
        return result.Fingerprint;
    }

    private void PutInForce(FeatureSnapshot snapshot, string path, AcceptanceResult result)
    {
        if (steering.Accept(snapshot, path) is { } hold)
            journal.Waits(snapshot, path, hold, result.Diagnostics);
        else
            journal.StartedLocally(snapshot, path, result.Diagnostics);
    }

    // That the other file is newer is how it should be; anything else somebody should know.
    private void PassBy(string path, AcceptanceResult result, FeatureSnapshot inForce)
    {
        if (result.Snapshot is not null || result.Diagnostics[^1].Id == DiagnosticId.VersionNotNewer)
            journal.LocalFileUnused(path, $"version {inForce.Version} is in force already.");
        else
            journal.LocalFileFault($"Local file '{path}' is not used: {result.Diagnostics[^1]}");
    }
}

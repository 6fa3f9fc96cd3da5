using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Fallback;
using ProgressiveDelivery.Sdk.Snapshots;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.Refresh;

/// <summary>
/// What there is to start from before the source is read: the newest last-known-good snapshot that passes, then the bundled one, which
/// takes over only with a higher version (an application that was shipped after the file was written). A kept one says which source's format it has; the bundled one has the first source's.
/// </summary>
internal sealed class LocalFallbacks(
    SnapshotGenerations? lastKnownGood,
    BundledSnapshotFile? bundled,
    IReadOnlyList<ISnapshotFormat> formats,
    SnapshotAcceptance acceptance,
    SnapshotSteering steering,
    RefreshJournal journal,
    KillOrders kills,
    SnapshotControl control)
{
    private const int MostLooks = 10;

    /// <summary>What was killed stays so, under whatever rules come.</summary>
    public ValueTask LoadKillsAsync(CancellationToken cancellationToken) => kills.RestoreAsync(cancellationToken);

    /// <summary>What operators held and overrode for longer than a run holds again.</summary>
    public ValueTask LoadControlAsync(CancellationToken cancellationToken) => control.RestoreAsync(cancellationToken);

    public async ValueTask LoadLastKnownGoodAsync(CancellationToken cancellationToken)
    {
        if (lastKnownGood is null)
            return;
        var skipped = new List<string>();
        var outcome = FallbackOutcome.Missing;
        // What was found and is gone was pruned by another process, which wrote something newer before.
        for (var looks = 0; outcome == FallbackOutcome.Missing && looks < MostLooks; looks++)
            outcome = await LoadNewestAsync(lastKnownGood, skipped, cancellationToken).ConfigureAwait(false);

        journal.GenerationsSkipped([.. skipped.Distinct()], steering.Newest.Version);
    }

    public async ValueTask LoadBundledAsync(CancellationToken cancellationToken)
    {
        if (bundled is null)
            return;
        var reading = await bundled.ReadAsync(cancellationToken).ConfigureAwait(false);
        if (reading.Outcome != FallbackOutcome.Found)
            journal.LocalFileFault(reading.Message);
        else
            LoadBundled(reading);
    }

    /// <summary>Loading threw, for all that reading promises; the start goes on.</summary>
    public void Failed(Exception failure, TimeSpan pause) => journal.LocalFileFault($"A local file is not used: {failure.Message}");

    /// <summary>Found, where one is in force that is as good as any; missing, where one that was there is gone, and none was loaded in its place; otherwise corrupt.</summary>
    private async ValueTask<FallbackOutcome> LoadNewestAsync(SnapshotGenerations from, List<string> skipped, CancellationToken cancellationToken)
    {
        var generations = from.Find(out var fault);
        if (fault is not null)
            journal.LocalFileFault(fault);
        else if (generations.Count == 0)
            journal.LocalFileUnused(from.Path, "there is none.");

        var worst = FallbackOutcome.Corrupt;
        foreach (var generation in generations)
        {
            // What is held already is as good as any that is not newer.
            if (generation.Version <= steering.Newest.Version)
                return FallbackOutcome.Found;
            var outcome = await LoadAsync(generation, from, skipped, cancellationToken).ConfigureAwait(false);
            if (outcome == FallbackOutcome.Found)
                return outcome;
            worst = outcome == FallbackOutcome.Missing ? outcome : worst;
        }

        return worst;
    }

    private async ValueTask<FallbackOutcome> LoadAsync(Generation generation, SnapshotGenerations from, List<string> skipped, CancellationToken cancellationToken)
    {
        var reading = await from.ReadAsync(generation.Version, cancellationToken).ConfigureAwait(false);
        if (reading.Outcome != FallbackOutcome.Found)
        {
            if (reading.Outcome is FallbackOutcome.Truncated or FallbackOutcome.Corrupt)
                from.SetAside(generation);
            if (reading.Outcome != FallbackOutcome.Missing)
                skipped.Add(reading.Message);
            return reading.Outcome;
        }

        var result = Judge(reading, SnapshotOrigin.LastKnownGood, generation.Version);
        if (result.Snapshot is { } snapshot)
            PutInForce(snapshot, generation.Path, result);
        else
            skipped.Add($"Last-known-good file '{generation.Path}' is refused: {result.Diagnostics[^1]}");
        return result.Snapshot is not null ? FallbackOutcome.Found : FallbackOutcome.Corrupt;
    }

    private void LoadBundled(FallbackReading reading)
    {
        var (result, inForce, path) = (Judge(reading, SnapshotOrigin.Bundled), steering.Newest, bundled!.Path);
        if (result.Snapshot is { } snapshot && snapshot.Version > inForce.Version)
            PutInForce(snapshot, path, result);
        else if (result.Snapshot is not null || result.Diagnostics[^1].Id == DiagnosticId.VersionNotNewer)
            journal.LocalFileUnused(path, $"version {inForce.Version} is in force already.");   // as it should be
        else
            journal.LocalFileFault($"Local file '{path}' is not used: {result.Diagnostics[^1]}");
    }

    private AcceptanceResult Judge(FallbackReading reading, SnapshotOrigin origin, long? arrival = null) =>
        acceptance.Judge(SnapshotReading.OfKept(reading.Texts), FormatOf(reading), origin, steering.Newest, arrival);

    private ISnapshotFormat FormatOf(FallbackReading reading) => formats.FirstOrDefault(format => format.Name == reading.Format) ?? formats[0];

    private void PutInForce(FeatureSnapshot snapshot, string path, AcceptanceResult result)
    {
        if (steering.Accept(snapshot, path) is { } hold)
            journal.Waits(snapshot, path, hold, result.Diagnostics);
        else
            journal.StartedLocally(snapshot, path, result.Diagnostics);
    }
}

using System.Text;
using ProgressiveDelivery.Sdk.Acceptance;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Fallback;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Snapshots;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Sources.Files;
using ProgressiveDelivery.Sdk.Sources.Serving;
using ProgressiveDelivery.Sdk.Steering;

namespace ProgressiveDelivery.Sdk.Refresh;

/// <summary>
/// The local fallbacks for a start before the source is read: the newest last-known-good snapshot that passes, then the bundled one. That one takes
/// over only with a higher version (an application that was shipped after the file was written). A kept one names its format; the bundled one has the first source's.
/// </summary>
/// <remarks>A disk that hangs delays the start for a few seconds. A file read later is used if the source has given nothing by then.</remarks>
internal sealed class LocalFallbacks(
    SnapshotGenerations? lastKnownGood,
    BundledSnapshotFile? bundled,
    ClientDisk disk,
    DiskThread bundledDisk,
    IReadOnlyList<ISnapshotFormat> formats,
    SnapshotAcceptance acceptance,
    SnapshotSteering steering,
    RefreshJournal journal,
    KillOrders kills,
    SnapshotControl control,
    SnapshotFeed feed)
{
    private const int MaxLooks = 10;

    private volatile bool _isStartOver;

    /// <summary>Loads all local fallbacks; completes when that is done, or the disk does not answer.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await LoadInTimeAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _isStartOver = true;
        }
    }

    /// <summary>Puts a document in force, in the format of the first source, before the loop starts.</summary>
    /// <returns>True if it was accepted; otherwise the reason is logged.</returns>
    public bool TakeDocument(string document)
    {
        const string name = "FallBackToDocument";
        try
        {
            var reading = SnapshotReading.OfDocument(Encoding.UTF8.GetBytes(document));
            var result = acceptance.Judge(reading, formats[0], SnapshotOrigin.Bundled, steering.Newest);
            if (result.Snapshot is { } snapshot)
                PutInForce(snapshot, name, result, reading, formats[0]);
            else
                journal.LocalFileFault($"The document of {name} is not used: {result.Diagnostics[^1]}");
            return result.Snapshot is not null;
        }
        catch (Exception)
        {
            // A format or a log of the user's threw, which the loop meets again, and reports.
            return steering.Newest.HasRules;
        }
    }

    private async Task LoadInTimeAsync(CancellationToken cancellationToken)
    {
        var shipped = bundled is null ? null : bundledDisk.RunAsync(() => bundled.ReadAsync(CancellationToken.None));
        await LoadKeptAsync(cancellationToken).ConfigureAwait(false);
        if (shipped is not null)
            await bundledDisk.IsDoneInTimeAsync(LoadBundledAsync(shipped)).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    // Killed flags stay killed, under whatever rules come; operators' acts that survive a restart are restored.
    private async Task LoadKeptAsync(CancellationToken cancellationToken)
    {
        if (lastKnownGood is null)
            return;
        var restored = disk.RunAsync(() => TryAsync(kills.RestoreAsync));
        await control.RestoreAsync(cancellationToken).ConfigureAwait(false);
        var loaded = disk.RunAsync(() => TryAsync(LoadLastKnownGoodAsync));
        _ = disk.RunAsync(() => TryAsync(SweepAsync));
        await disk.IsDoneInTimeAsync(Task.WhenAll(restored, loaded)).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask TryAsync(Func<CancellationToken, ValueTask> load)
    {
        try
        {
            await load(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            journal.LocalFileFault($"A local file is not used: {failure.Message}");
        }
    }

    private ValueTask SweepAsync(CancellationToken cancellationToken)
    {
        lastKnownGood!.Sweep();
        return default;
    }

    private async ValueTask LoadLastKnownGoodAsync(CancellationToken cancellationToken)
    {
        var skipped = new List<string>();
        var outcome = FallbackOutcome.Missing;
        // A file that was found and is gone was pruned by another process, which wrote something newer before.
        for (var looks = 0; outcome == FallbackOutcome.Missing && looks < MaxLooks; looks++)
            outcome = await LoadNewestAsync(lastKnownGood!, skipped, cancellationToken).ConfigureAwait(false);

        journal.GenerationsSkipped([.. skipped.Distinct()], steering.Newest.Version);
    }

    private Task LoadBundledAsync(Task<FallbackReading> shipped) => TryAsync(async _ =>
    {
        var reading = await shipped.ConfigureAwait(false);
        if (reading.Outcome != FallbackOutcome.Found)
            journal.LocalFileFault(reading.Message);
        else
            acceptance.InTurn(() => LoadBundled(reading));
    }).AsTask();

    /// <summary>Loads the newest. Returns Found if one in force is as good as any, Missing if a file has gone and none was loaded in its place; otherwise Corrupt.</summary>
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
            // The snapshot in memory is as good as any that is not newer.
            if (generation.Version <= steering.Newest.Version || IsTooLate)
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

        return acceptance.InTurn(() => Load(generation, reading, skipped));
    }

    private FallbackOutcome Load(Generation generation, FallbackReading reading, List<string> skipped)
    {
        if (IsTooLate)
        {
            journal.LocalFileUnused(generation.Path, "the source was read before the disk answered.");
            return FallbackOutcome.Found;
        }

        var result = Judge(reading, SnapshotOrigin.LastKnownGood, generation.Version);
        if (result.Snapshot is { } snapshot)
            PutInForce(snapshot, generation.Path, result, reading);
        else
            skipped.Add($"Last-known-good file '{generation.Path}' is refused: {result.Diagnostics[^1]}");
        return result.Snapshot is not null ? FallbackOutcome.Found : FallbackOutcome.Corrupt;
    }

    private bool IsTooLate => steering.IsClosed || (_isStartOver && steering.Newest.Origin == SnapshotOrigin.Source);

    private bool LoadBundled(FallbackReading reading)
    {
        var (result, inForce, path) = (Judge(reading, SnapshotOrigin.Bundled), steering.Newest, bundled!.Path);
        if (IsTooLate)
            journal.LocalFileUnused(path, "the source was read before the disk answered.");
        else if (result.Snapshot is { } snapshot && snapshot.Version > inForce.Version)
            PutInForce(snapshot, path, result, reading);
        else if (result.Snapshot is not null || result.Diagnostics[^1].Id == DiagnosticId.VersionNotNewer)
            journal.LocalFileUnused(path, $"version {inForce.Version} is in force already.");   // as it should be
        else
            journal.LocalFileFault($"Local file '{path}' is not used: {result.Diagnostics[^1]}");
        return true;
    }

    private AcceptanceResult Judge(FallbackReading reading, SnapshotOrigin origin, long? arrival = null) =>
        acceptance.Judge(SnapshotReading.OfKept(reading.Texts), FormatOf(reading), origin, steering.Newest, arrival);

    private ISnapshotFormat FormatOf(FallbackReading reading) =>
        formats.FirstOrDefault(format => format.Name == reading.Format) ?? NativeSnapshotFormat.OfFile(formats[0]);

    private void PutInForce(FeatureSnapshot snapshot, string path, AcceptanceResult result, FallbackReading reading) =>
        PutInForce(snapshot, path, result, SnapshotReading.OfKept(reading.Texts), FormatOf(reading));

    private void PutInForce(FeatureSnapshot snapshot, string path, AcceptanceResult result, SnapshotReading reading, ISnapshotFormat format)
    {
        feed.Accepted(snapshot.Definition!, snapshot.Origin, reading, format);
        if (steering.Accept(snapshot, path) is { } hold)
            journal.Waits(snapshot, path, hold, result.Diagnostics);
        else
            journal.StartedLocally(snapshot, path, result.Diagnostics);
    }
}

using ProgressiveDelivery.Sdk.Acceptance;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Fallback;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Snapshots;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.Refresh;

/// <summary>
/// Keeps the snapshots accepted from the source: documents at once, and as they were sent. A patched snapshot is written out anew,
/// so not after each patch; or, with trusted keys, as the signed document and patches.
/// </summary>
/// <param name="keeper">Writes the files.</param>
/// <param name="signed">The signed texts; null if signatures are not checked.</param>
/// <param name="limits">The limits on the bytes read back.</param>
/// <param name="journal">Reports snapshots that cannot be kept.</param>
/// <param name="clock">Measures the time since a patched state was written.</param>
internal sealed class LastKnownGoodKeeper(FallbackKeeper keeper, SignedTexts? signed, SnapshotLimits limits, RefreshJournal journal, TimeProvider clock)
{
    private static readonly TimeSpan BetweenPatched = TimeSpan.FromSeconds(10);

    private FeatureSnapshot? _patched;
    private long? _patchedAt;

    /// <summary>Keeps a snapshot that came from the source and is now in force.</summary>
    /// <param name="next">The snapshot.</param>
    /// <param name="reading">The reading that it came from.</param>
    /// <param name="format">Its format.</param>
    /// <param name="supersedes">True if it is newer than kept files with a higher version.</param>
    public void Accepted(FeatureSnapshot next, SnapshotReading reading, ISnapshotFormat format, bool supersedes = false)
    {
        if (reading.Document is { } document)
            Whole(new(format.Name, next.Version, [new(document, reading.Signature)]) { Supersedes = supersedes });
        else if (reading.Patches.Count > 0 && (signed is null || signed.TryAdd(reading.Patches)))
            _patched = next;
    }

    /// <summary>Writes a patched snapshot, if it is time.</summary>
    public void Keep()
    {
        if (_patched is { Definition: { } definition } && IsTimeForPatched())
            Patched(definition);
    }

    /// <summary>Writes a patched snapshot, whether it is time or not: there will be no other.</summary>
    public void KeepAtLast()
    {
        _patchedAt = null;
        Keep();
    }

    private void Whole(StoredSnapshot stored)
    {
        _patched = null;
        signed?.Begin(stored.Texts[0]);
        Keep(stored);
    }

    private bool IsTimeForPatched() => _patchedAt is not { } last || clock.GetElapsedTime(last) >= BetweenPatched;

    private void Patched(SnapshotDefinition definition)
    {
        _patched = null;
        _patchedAt = clock.GetTimestamp();
        if (signed is not null)
            Keep(new(SnapshotJson.Schema, definition.Version, signed.ToList()));
        else if (KeptSnapshot.Write(definition, limits, out var fault) is { } document)
            KeepWritten(new(SnapshotJson.Schema, definition.Version, [new(document)]));
        else
            journal.NotKept(definition.Version, fault!);
    }

    private void KeepWritten(StoredSnapshot stored)
    {
        Keep(stored);
        journal.Kept();
    }

    private void Keep(StoredSnapshot stored) => keeper.Keep(() => stored, stored.Supersedes);
}

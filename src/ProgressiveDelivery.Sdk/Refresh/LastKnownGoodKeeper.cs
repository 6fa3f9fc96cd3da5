using System.Buffers;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Snapshots;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Sources.Signing;

namespace ProgressiveDelivery.Sdk.Refresh;

/// <summary>
/// Keeps what was accepted from the source: documents at once, and as they were sent. What came about by patches is written out anew,
/// so not after each of them; or, where signatures count, as the document and the patches that were signed.
/// </summary>
/// <param name="keeper">Writes.</param>
/// <param name="signed">The signed texts, where signatures count.</param>
/// <param name="clock">Measures how long ago a patched state was written.</param>
internal sealed class LastKnownGoodKeeper(FallbackKeeper keeper, SignedTexts? signed, TimeProvider clock)
{
    private static readonly TimeSpan BetweenPatched = TimeSpan.FromSeconds(10);

    private FeatureSnapshot? _patched;
    private long? _patchedAt;

    /// <summary>This is in force now, and came from the source.</summary>
    public void Accepted(FeatureSnapshot next, SnapshotReading reading, ISnapshotFormat format)
    {
        if (reading.Document is { } document)
            Whole(next.Version, new(document, reading.Signature), format.Name);
        else if (reading.Patches.Count > 0 && (signed is null || signed.TryAdd(reading.Patches)))
            _patched = next;
    }

    /// <summary>Writes what is not written yet, if anything and if it is time.</summary>
    public ValueTask KeepAsync(CancellationToken cancellationToken)
    {
        if (_patched is { Definition: { } definition } && IsTimeForPatched())
            Patched(definition);
        return keeper.FlushAsync(cancellationToken);
    }

    private void Whole(long version, SignedText document, string format)
    {
        _patched = null;
        signed?.Begin(document);
        keeper.Keep(new(format, version, [document]));
    }

    /// <summary>Writes what is not written yet, whether it is time or not: there will be no other.</summary>
    public ValueTask KeepAtLastAsync()
    {
        _patchedAt = null;
        return KeepAsync(CancellationToken.None);
    }

    private bool IsTimeForPatched() => _patchedAt is not { } last || clock.GetElapsedTime(last) >= BetweenPatched;

    private void Patched(SnapshotDefinition definition)
    {
        _patched = null;
        _patchedAt = clock.GetTimestamp();
        keeper.Keep(new(SnapshotJson.Format().Name, definition.Version, signed?.ToList() ?? [new(Write(definition))]));
    }

    private static ReadOnlyMemory<byte> Write(SnapshotDefinition definition)
    {
        var document = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(document, new() { MaxDepth = int.MaxValue }))
            SnapshotJson.Write(definition, writer);
        return document.WrittenMemory;
    }
}

using System.Buffers;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Fallback;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Sources.Signing;
using ProgressiveDelivery.Sdk.Telemetry;

namespace ProgressiveDelivery.Sdk.Refresh;

/// <summary>
/// Writes what was accepted from the source to disk. A disk that fails costs one warning and nothing else: the document waits, and
/// is written when the disk is well again or replaced by a newer one. What came about by patches is written out anew, so not after
/// each of them.
/// </summary>
internal sealed class LastKnownGoodKeeper(LastKnownGoodFile file, ILogger logger, string client, TimeProvider clock)
{
    private static readonly TimeSpan BetweenPatched = TimeSpan.FromSeconds(10);

    private (long Version, IReadOnlyList<SignedText> Texts, UInt128? Fingerprint)? _unwritten;
    private SnapshotDefinition? _patched;
    private long? _patchedAt;
    private UInt128? _written;
    private bool _isFailing;

    /// <summary>The file holds this document already.</summary>
    public void Found(UInt128? fingerprint) => _written = fingerprint;

    /// <summary>These texts are to be kept.</summary>
    public void Accepted(long version, IReadOnlyList<SignedText> texts, UInt128? fingerprint)
    {
        _patched = null;
        _unwritten = fingerprint is not null && fingerprint == _written ? null : (version, texts, fingerprint);
    }

    /// <summary>These definitions, which no document holds, are to be kept.</summary>
    public void Accepted(SnapshotDefinition patched) => _patched = patched;

    /// <summary>Writes what is not written yet, if anything and if it is time.</summary>
    public async ValueTask KeepAsync(CancellationToken cancellationToken)
    {
        if (_patched is { } patched && IsTimeForPatched())
            Unwritten(patched);
        if (_unwritten is not { } unwritten)
            return;

        var writing = await file.WriteAsync(unwritten.Version, unwritten.Texts, cancellationToken).ConfigureAwait(false);
        if (writing.IsDone)
            (_written, _unwritten) = (unwritten.Fingerprint, null);
        Report(writing);
    }

    /// <summary>Writes what is not written yet, whether it is time or not: there will be no other.</summary>
    public ValueTask KeepAtLastAsync()
    {
        _patchedAt = null;
        return KeepAsync(CancellationToken.None);
    }

    private bool IsTimeForPatched() => _patchedAt is not { } last || clock.GetElapsedTime(last) >= BetweenPatched;

    private void Unwritten(SnapshotDefinition patched)
    {
        var document = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(document, new() { MaxDepth = int.MaxValue }))
            SnapshotJson.Write(patched, writer);
        _unwritten = (patched.Version, [new(document.WrittenMemory)], null);
        _patched = null;
        _patchedAt = clock.GetTimestamp();
    }

    private void Report(FallbackWriting writing)
    {
        if (writing.IsDone && _isFailing)
            logger.LastKnownGoodRecovered(client, file.Path);
        else if (!writing.IsDone && !_isFailing)
            logger.LocalFileFault(client, writing.Fault!);
        _isFailing = !writing.IsDone;
    }
}

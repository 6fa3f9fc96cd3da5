using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.Fallback;
using ProgressiveDelivery.Sdk.Telemetry;

namespace ProgressiveDelivery.Sdk.Refresh;

/// <summary>
/// Writes what was accepted from the source to disk. A disk that fails costs one warning and nothing else: the document waits, and
/// is written when the disk is well again or replaced by a newer one.
/// </summary>
internal sealed class LastKnownGoodKeeper(LastKnownGoodFile file, ILogger logger, string client)
{
    private (long Version, ReadOnlyMemory<byte> Document, UInt128? Fingerprint)? _unwritten;
    private UInt128? _written;
    private bool _isFailing;

    /// <summary>The file holds this document already.</summary>
    public void Found(UInt128? fingerprint) => _written = fingerprint;

    /// <summary>This document is to be kept.</summary>
    public void Accepted(long version, ReadOnlyMemory<byte> document, UInt128? fingerprint) =>
        _unwritten = fingerprint == _written ? null : (version, document, fingerprint);

    /// <summary>Writes what is not written yet, if anything.</summary>
    public async ValueTask KeepAsync(CancellationToken cancellationToken)
    {
        if (_unwritten is not { } unwritten)
            return;

        var writing = await file.WriteAsync(unwritten.Version, unwritten.Document, cancellationToken).ConfigureAwait(false);
        if (writing.IsDone)
            (_written, _unwritten) = (unwritten.Fingerprint, null);
        Report(writing);
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

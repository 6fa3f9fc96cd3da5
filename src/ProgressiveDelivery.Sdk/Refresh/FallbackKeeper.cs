using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.Fallback;
using ProgressiveDelivery.Sdk.Telemetry;

namespace ProgressiveDelivery.Sdk.Refresh;

/// <summary>
/// Writes to disk what is to be kept. A disk that fails costs one warning and nothing else: what is to be kept waits, and is written
/// when the disk is well again or replaced by something newer.
/// </summary>
internal sealed class FallbackKeeper(IFallbackPlace place, ILogger logger, string client)
{
    private StoredSnapshot? _unwritten;
    private bool _isFailing;

    /// <summary>These texts are to be kept, and no others.</summary>
    public void Keep(StoredSnapshot texts) => _unwritten = texts;

    /// <summary>Writes what is not written yet, if anything.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (_unwritten is not { } unwritten)
            return;
        var writing = await place.WriteAsync(unwritten, cancellationToken).ConfigureAwait(false);
        if (writing.IsDone)
            _unwritten = null;
        Report(writing);
    }

    private void Report(FallbackWriting writing)
    {
        if (writing.IsDone && _isFailing)
            logger.LastKnownGoodRecovered(client, place.Path);
        else if (!writing.IsDone && !_isFailing)
            logger.LocalFileFault(client, writing.Fault!);
        _isFailing = !writing.IsDone;
    }
}

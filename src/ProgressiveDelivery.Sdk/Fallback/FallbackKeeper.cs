using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.Telemetry;

namespace ProgressiveDelivery.Sdk.Fallback;

/// <summary>
/// Writes the kept files to disk, in the background. A disk that fails costs one warning and nothing else: the content waits until
/// the disk recovers, or until newer content replaces it.
/// </summary>
internal sealed class FallbackKeeper
{
    private readonly object _gate = new();
    private readonly IFallbackPlace _place;
    private readonly ILogger _logger;
    private readonly string _client;
    private readonly DiskSlot _slot;
    private Func<StoredSnapshot>? _texts;
    private bool _supersedes;
    private bool _isFailing;

    public FallbackKeeper(IFallbackPlace place, ClientDisk disk, ILogger logger, string client)
    {
        (_place, _logger, _client) = (place, logger, client);
        _slot = disk.Add(WriteAsync);
    }

    /// <summary>Keeps these texts, and no others. They are put together when the disk has time for them.</summary>
    /// <param name="texts">Puts them together.</param>
    /// <param name="supersedes">True if they are newer than kept files with a higher version; unwritten texts before them may be, too.</param>
    public void Keep(Func<StoredSnapshot> texts, bool supersedes = false)
    {
        lock (_gate)
            (_texts, _supersedes) = (texts, _supersedes || supersedes);
        _ = _slot.Post();
    }

    private async ValueTask<string?> WriteAsync()
    {
        try
        {
            var (texts, supersedes) = Take();
            var writing = await _place.WriteAsync(texts() with { Supersedes = supersedes }, CancellationToken.None).ConfigureAwait(false);
            PutBack(supersedes && !writing.IsDone);
            Report(writing.Fault);
            return writing.Fault;
        }
        catch (Exception fault)
        {
            var message = $"Last-known-good file '{_place.Path}' cannot be written: {fault.Message}";
            Report(message);
            return message;
        }
    }

    private (Func<StoredSnapshot> Texts, bool Supersedes) Take()
    {
        lock (_gate)
        {
            var taken = (_texts!, _supersedes);
            _supersedes = false;
            return taken;
        }
    }

    private void PutBack(bool supersedes)
    {
        lock (_gate)
            _supersedes |= supersedes;
    }

    private void Report(string? fault)
    {
        if (fault is null && _isFailing)
            _logger.LastKnownGoodRecovered(_client, _place.Path);
        else if (fault is not null && !_isFailing)
            _logger.LocalFileFault(_client, fault);
        _isFailing = fault is not null;
    }
}

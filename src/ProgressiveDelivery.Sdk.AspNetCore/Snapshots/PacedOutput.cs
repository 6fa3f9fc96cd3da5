using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace ProgressiveDelivery.Sdk.AspNetCore.Snapshots;

/// <summary>
/// Writes shared bytes to one response, in pieces: a server copies what it is given, so a slow reader holds one piece and not the whole. Cuts the connection of a reader that takes none in time.
/// </summary>
internal sealed class PacedOutput(HttpContext http, TimeSpan limit, TimeProvider clock, CancellationToken cancellationToken)
{
    private const int Piece = 32 * 1024;

    private readonly PipeWriter _writer = http.Response.BodyWriter;
    private int _unflushed;

    /// <summary>Writes bytes; the last of them are sent by the next flush.</summary>
    /// <exception cref="TimeoutException">The reader takes nothing; its connection is cut.</exception>
    /// <exception cref="OperationCanceledException">The reader has gone, or the host stops.</exception>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var count = Math.Min(bytes.Length, Piece - _unflushed);
            _writer.Write(bytes.Span[..count]);
            bytes = bytes[count..];
            _unflushed += count;
            if (_unflushed == Piece)
                await FlushAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Sends what was written.</summary>
    /// <inheritdoc cref="WriteAsync"/>
    public async ValueTask FlushAsync()
    {
        cancellationToken.ThrowIfCancellationRequested();
        _unflushed = 0;
        var sending = _writer.FlushAsync(cancellationToken);
        var sent = sending.IsCompletedSuccessfully ? sending.Result : await WaitAsync(sending.AsTask()).ConfigureAwait(false);
        if (sent.IsCompleted)
            throw new OperationCanceledException("The reader has gone.");
    }

    private async Task<FlushResult> WaitAsync(Task<FlushResult> sending)
    {
        try
        {
            return await sending.WaitAsync(limit, clock, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            _ = sending.ContinueWith(static late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            http.Abort();
            throw;
        }
    }
}

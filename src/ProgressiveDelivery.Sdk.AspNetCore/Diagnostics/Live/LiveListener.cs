using System.Threading.Channels;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Live;

/// <summary>One page that follows the stream. Its queue is short: a listener that does not read is dropped. Safe to use from any thread.</summary>
internal sealed class LiveListener : IDisposable
{
    private const int MaxQueued = 16;

    private readonly Channel<ReadOnlyMemory<byte>> _queue = Channel.CreateBounded<ReadOnlyMemory<byte>>(new BoundedChannelOptions(MaxQueued) { SingleReader = true });
    private readonly CancellationTokenSource _dropped = new();
    private volatile bool _isEnded;

    /// <summary>The messages, until the stream ends.</summary>
    public ChannelReader<ReadOnlyMemory<byte>> Messages => _queue.Reader;

    /// <summary>Canceled when the listener is dropped.</summary>
    public CancellationToken Dropped => _dropped.Token;

    /// <summary>The ticks that were sent.</summary>
    public int Ticks { get; set; }

    /// <summary>Sends a message, or drops a listener that is too far behind.</summary>
    public void Send(ReadOnlyMemory<byte> message)
    {
        if (!_isEnded && !_queue.Writer.TryWrite(message))
            Drop();
    }

    /// <summary>Ends the stream after a last message.</summary>
    public void End()
    {
        _isEnded = true;
        _queue.Writer.TryWrite(LiveMessage.End);
        _queue.Writer.TryComplete();
    }

    public void Dispose() => _dropped.Dispose();

    private void Drop()
    {
        _isEnded = true;
        // Canceling calls code of the server, which must not run under the lock of the stream.
        _queue.Writer.TryComplete();
        _ = _dropped.CancelAsync();
    }
}

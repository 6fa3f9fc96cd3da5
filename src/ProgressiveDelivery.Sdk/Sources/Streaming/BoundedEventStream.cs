using ProgressiveDelivery.Sdk.Sources.Http;

namespace ProgressiveDelivery.Sdk.Sources.Streaming;

/// <summary>
/// The bytes of a stream of events. It reads in small pieces, so that it knows how many an unfinished event has, and it reads for
/// as long as whoever waits for the event: a parser of events keeps the first token that it gets.
/// </summary>
internal sealed class BoundedEventStream(Stream bytes, int limit, HttpFaults faults) : Stream
{
    private const int LargestPiece = 16 * 1024;

    private long _unfinished;

    /// <summary>Ends the reads of the event that is waited for.</summary>
    public CancellationToken Patience { get; set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>An event is there in full, which may be refused for its size.</summary>
    public void Finish(int length)
    {
        _unfinished = 0;
        if (length > limit) throw TooLarge();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_unfinished > limit) throw TooLarge();
        var piece = buffer[..Math.Min(buffer.Length, LargestPiece)];
        var count = await bytes.ReadAsync(piece, Patience).ConfigureAwait(false);
        _unfinished += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) bytes.Dispose();
        base.Dispose(disposing);
    }

    private SnapshotSourceException TooLarge() =>
        faults.Unacceptable($"an event of more than {limit} bytes", "Make the snapshot smaller, or raise MaximumBytes.");
}

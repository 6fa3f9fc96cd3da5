using ProgressiveDelivery.Sdk.Sources.Http;

namespace ProgressiveDelivery.Sdk.Sources.Streaming;

/// <summary>
/// The bytes of a stream of events. It reads in small pieces, so that it knows how many an unfinished event has. A read lasts as
/// long as the wait for the event, since a parser of events keeps the first token that it gets.
/// </summary>
internal sealed class BoundedEventStream(Stream bytes, int limit, bool hasComments, HttpFaults faults) : Stream
{
    private const int LargestPiece = 16 * 1024;

    private readonly CommentFinder? _comments = hasComments ? new() : null;
    private TaskCompletionSource _comment = NewComment();
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

    /// <summary>Done once a comment between events has come that was not taken.</summary>
    public Task Comment => Volatile.Read(ref _comment).Task;

    /// <summary>Takes the comments that have come, if any.</summary>
    public bool TakeComment()
    {
        if (!Comment.IsCompleted) return false;
        Volatile.Write(ref _comment, NewComment());
        return true;
    }

    /// <summary>Records that an event has arrived in full; throws if it is too large.</summary>
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
        if (_comments?.Find(piece.Span[..count]) == true)
        {
            if (_comments.IsBetweenEvents) _unfinished = 0;
            Volatile.Read(ref _comment).TrySetResult();
        }

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

    private static TaskCompletionSource NewComment() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private SnapshotSourceException TooLarge() =>
        faults.Unacceptable($"an event of more than {limit} bytes", "Make the snapshot smaller, or raise Limits.MaxBytes.");
}

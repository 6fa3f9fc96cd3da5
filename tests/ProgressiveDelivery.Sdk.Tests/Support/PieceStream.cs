namespace ProgressiveDelivery.Sdk.Tests.Support;

/// <summary>Bytes that come in given pieces, whatever room the reader has; then the end.</summary>
internal sealed class PieceStream(IEnumerable<byte[]> pieces) : Stream
{
    private readonly Queue<byte[]> _pieces = new(pieces);
    private int _taken;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>How many bytes were read.</summary>
    public long Count { get; private set; }

    /// <summary>The same bytes, each alone.</summary>
    public static PieceStream Single(byte[] bytes) => new(bytes.Select(one => new[] { one }));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(Take(buffer.Span));
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => Take(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    private int Take(Span<byte> room)
    {
        while (_pieces.TryPeek(out var empty) && empty.Length == 0) _pieces.Dequeue();
        if (!_pieces.TryPeek(out var piece)) return 0;

        var part = piece.AsSpan(_taken, Math.Min(room.Length, piece.Length - _taken));
        part.CopyTo(room);
        _taken += part.Length;
        Count += part.Length;
        if (_taken == piece.Length)
        {
            _pieces.Dequeue();
            _taken = 0;
        }

        return part.Length;
    }
}

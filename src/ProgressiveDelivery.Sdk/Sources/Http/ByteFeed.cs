namespace ProgressiveDelivery.Sdk.Sources.Http;

/// <summary>Gives bytes in small pieces, which bounds the unused rest of a decoder to one piece, and records a read beyond the end.</summary>
internal sealed class ByteFeed(ReadOnlyMemory<byte> bytes) : Stream
{
    /// <summary>The largest piece.</summary>
    public const int Piece = 4 * 1024;

    /// <summary>The number of bytes given.</summary>
    public int Given { get; private set; }

    /// <summary>Indicates whether more bytes were read than there are.</summary>
    public bool RanDry { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        var piece = bytes.Span[Given..];
        RanDry |= piece.IsEmpty;
        piece = piece[..Math.Min(Math.Min(piece.Length, buffer.Length), Piece)];
        piece.CopyTo(buffer);
        Given += piece.Length;
        return piece.Length;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

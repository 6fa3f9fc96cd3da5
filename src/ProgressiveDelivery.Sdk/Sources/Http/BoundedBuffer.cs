using System.Buffers;

namespace ProgressiveDelivery.Sdk.Sources.Http;

/// <summary>Grows in pooled arrays up to a limit, by what really arrives and never by what was announced.</summary>
internal sealed class BoundedBuffer(int limit) : IDisposable
{
    private const int FirstSize = 16 * 1024;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(FirstSize);

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public ReadOnlyMemory<byte> WrittenMemory => _bytes.AsMemory(0, Length);

    /// <summary>Room to write into, never empty.</summary>
    public Memory<byte> Free()
    {
        if (Length == _bytes.Length) Grow();
        return _bytes.AsMemory(Length);
    }

    /// <summary>Counts the bytes written; returns false if they exceed the limit.</summary>
    public bool TryAdvance(int count)
    {
        Length += count;
        return Length <= limit;
    }

    public byte[] ToArray() => Written.ToArray();

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(2L * _bytes.Length, Array.MaxLength));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}

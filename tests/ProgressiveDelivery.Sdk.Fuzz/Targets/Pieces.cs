namespace ProgressiveDelivery.Sdk.Fuzz.Targets;

/// <summary>Bytes that come a few at a time.</summary>
internal sealed class Pieces(byte[] bytes, int most) : MemoryStream(bytes, writable: false)
{
    public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, most)]);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));
}

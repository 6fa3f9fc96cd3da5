using System.Buffers;
using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Text;

namespace ProgressiveDelivery.Sdk.Evaluation.Bucketing;

/// <summary>
/// A salt, ready to place units: the UTF-8 of the salt and the separator are encoded once, so that a call encodes the unit behind
/// them and hashes. XXH3 64-bit, seed 0, scaled by the upper half of the 128-bit product (SNAPSHOT.md, "Bucketing, exactly").
/// </summary>
internal sealed class Salt
{
    public const int Positions = 1_000_000;

    private const byte Separator = 0x1F;
    private const int StackLength = 256;

    private readonly byte[] _prefix;

    public Salt(string text)
    {
        Text = text;
        _prefix = [.. Encoding.UTF8.GetBytes(text), Separator];
    }

    public string Text { get; }

    /// <summary>The unit's position, 0 to 999,999.</summary>
    [SkipLocalsInit]
    public int Position(ReadOnlySpan<char> unit)
    {
        var longest = _prefix.Length + Encoding.UTF8.GetMaxByteCount(unit.Length);
        if (longest > StackLength)
            return PositionPooled(unit, longest);

        Span<byte> buffer = stackalloc byte[StackLength];
        return Place(unit, buffer);
    }

    internal static int Scale(ulong hash) => (int)Math.BigMul(hash, Positions, out _);

    private int PositionPooled(ReadOnlySpan<char> unit, int longest)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(longest);
        var position = Place(unit, buffer);
        ArrayPool<byte>.Shared.Return(buffer);
        return position;
    }

    private int Place(ReadOnlySpan<char> unit, Span<byte> buffer)
    {
        _prefix.CopyTo(buffer);
        var tail = buffer[_prefix.Length..];
        // Narrowing is cheaper than encoding, and units are nearly always ASCII.
        if (Ascii.FromUtf16(unit, tail, out var written) != OperationStatus.Done)
            written = Encoding.UTF8.GetBytes(unit, tail);
        return Scale(XxHash3.HashToUInt64(buffer[..(_prefix.Length + written)]));
    }
}

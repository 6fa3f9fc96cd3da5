using System.Buffers;
using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Text;

namespace ProgressiveDelivery.Sdk.Evaluation.Bucketing;

/// <summary>
/// A salt, ready to place units. The UTF-8 of the salt and the separator are encoded once; a call encodes the unit behind them and hashes. XXH3
/// 64-bit, seed 0, scaled by the upper half of the 128-bit product (SNAPSHOT.md, "Bucketing, exactly").
/// </summary>
internal sealed class Salt
{
    public const int Positions = 1_000_000;

    private const byte Separator = 0x1F;

    private readonly byte[] _prefix;

    public Salt(string text)
    {
        Text = text;
        _prefix = new byte[Encoding.UTF8.GetByteCount(text) + 1];
        Encoding.UTF8.GetBytes(text, _prefix);
        _prefix[^1] = Separator;
    }

    public string Text { get; }

    /// <summary>Returns the unit's position, 0 to 999,999.</summary>
    [SkipLocalsInit, MethodImpl(MethodImplOptions.NoInlining)]
    public int Position(ReadOnlySpan<char> unit)
    {
        Unsafe.SkipInit(out HashInput buffer);
        Span<byte> input = buffer;
        if (_prefix.Length > input.Length || !TryEncode(unit, input[_prefix.Length..], out var written))
            return PositionPooled(unit);

        _prefix.CopyTo(input);
        return Scale(XxHash3.HashToUInt64(input[..(_prefix.Length + written)]));
    }

    internal static int Scale(ulong hash) => (int)Math.BigMul(hash, Positions, out _);

    private int PositionPooled(ReadOnlySpan<char> unit)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(_prefix.Length + Encoding.UTF8.GetMaxByteCount(unit.Length));
        _prefix.CopyTo(buffer, 0);
        var length = _prefix.Length + Encoding.UTF8.GetBytes(unit, buffer.AsSpan(_prefix.Length));
        var position = Scale(XxHash3.HashToUInt64(buffer.AsSpan(0, length)));
        ArrayPool<byte>.Shared.Return(buffer);
        return position;
    }

    // Narrowing is cheaper than encoding, and units are nearly always ASCII. An encoding that finds too little room would allocate.
    private static bool TryEncode(ReadOnlySpan<char> unit, Span<byte> utf8, out int written)
    {
        if (Ascii.FromUtf16(unit, utf8, out written) == OperationStatus.Done)
            return true;
        if (Encoding.UTF8.GetMaxByteCount(unit.Length) > utf8.Length)
            return false;
        written = Encoding.UTF8.GetBytes(unit, utf8);
        return true;
    }

    [InlineArray(256)]
    private struct HashInput
    {
        private byte _first;
    }
}

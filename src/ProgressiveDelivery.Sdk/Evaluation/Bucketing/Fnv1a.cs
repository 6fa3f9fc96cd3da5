using System.Globalization;

namespace ProgressiveDelivery.Sdk.Evaluation.Bucketing;

/// <summary>FNV-1a, 32 bits, over UTF-16 code units. Source: Fowler, Noll and Vo, draft-eastlake-fnv, with units in place of octets.</summary>
internal static class Fnv1a
{
    public const uint Start = 0x811c9dc5;
    private const uint Prime = 0x01000193;

    public static uint Append(uint hash, ReadOnlySpan<char> text)
    {
        foreach (var unit in text)
            hash = (hash ^ unit) * Prime;
        return hash;
    }

    /// <summary>Hashes the decimal digits of a hash.</summary>
    public static uint OfDecimal(uint hash)
    {
        Span<char> digits = stackalloc char[10];
        hash.TryFormat(digits, out var written, default, CultureInfo.InvariantCulture);
        return Append(Start, digits[..written]);
    }
}

namespace ProgressiveDelivery.Sdk.Observation;

/// <summary>
/// Remembers units that were counted, in one bit each, for as long as they are counted. Two units may have one bit: the second is then taken for the first,
/// whatever its variant. Not safe to use from several threads.
/// </summary>
internal sealed class UnitSample
{
    /// <summary>The number of units that can be told apart.</summary>
    public const int Size = 1 << Bits;

    private const int Bits = 18;

    private readonly ulong[] _words = new ulong[Size / 64];

    /// <summary>Notes a unit; returns false if it, or another one with its bit, was noted before.</summary>
    public bool TryAdd(UInt128 unit)
    {
        // The table of exposures finds its places by the lowest bits.
        var place = (uint)(unit >> (128 - Bits));
        var bit = 1UL << (int)(place & 63);
        ref var word = ref _words[place >> 6];
        var isNew = (word & bit) == 0;
        word |= bit;
        return isNew;
    }
}

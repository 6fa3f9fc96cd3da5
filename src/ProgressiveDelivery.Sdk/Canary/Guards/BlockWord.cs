using ProgressiveDelivery.Sdk.Canary.Statistics;

namespace ProgressiveDelivery.Sdk.Canary.Guards;

/// <summary>An open block and its sizes in one word, so that one compare-and-swap finds a place in it and takes it. Immutable.</summary>
/// <param name="Bits">The counts in the lower half; the places of the control and of the treatment in the upper one.</param>
internal readonly record struct BlockWord(long Bits)
{
    private const int SizesAt = 32;
    private const int TreatmentAt = 48;

    /// <summary>Returns an empty block.</summary>
    public static BlockWord Empty(BlockSizes sizes) => new(((long)sizes.Treatment << TreatmentAt) | ((long)sizes.Control << SizesAt));

    public BlockSizes Sizes => new((int)(Bits >> SizesAt) & ushort.MaxValue, (int)(Bits >> TreatmentAt));

    public OpenBlock Counts => new((uint)Bits);

    public bool IsFull => Counts.IsFull(Sizes);

    public bool HasRoom(bool isTreatment) => Counts.HasRoom(Sizes, isTreatment);

    /// <summary>Returns the block with one more outcome, for which it has room.</summary>
    public BlockWord With(bool isTreatment, bool isBad) => new((Bits & ~(long)uint.MaxValue) | Counts.With(isTreatment, isBad).Word);
}

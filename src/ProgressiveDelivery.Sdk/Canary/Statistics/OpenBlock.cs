namespace ProgressiveDelivery.Sdk.Canary.Statistics;

/// <summary>The four counts of a block that is not yet full, packed into one word, so that threads can exchange it at once. The default is an empty block. Immutable.</summary>
/// <param name="Word">The counts, eight bits each.</param>
internal readonly record struct OpenBlock(uint Word)
{
    private const int Bad = 8;
    private const int OfTreatment = 16;

    public int Control => Count(0);

    public int ControlBad => Count(Bad);

    public int Treatment => Count(OfTreatment);

    public int TreatmentBad => Count(OfTreatment + Bad);

    /// <summary>Returns true if the next outcome of a variant joins the block; else it is surplus.</summary>
    public bool HasRoom(BlockSizes sizes, bool isTreatment) => isTreatment ? Treatment < sizes.Treatment : Control < sizes.Control;

    /// <summary>Returns the block with one more outcome, for which it has room.</summary>
    public OpenBlock With(bool isTreatment, bool isBad)
    {
        var one = isBad ? 1u | (1u << Bad) : 1u;
        return new(Word + (isTreatment ? one << OfTreatment : one));
    }

    public bool IsFull(BlockSizes sizes) => Control == sizes.Control && Treatment == sizes.Treatment;

    private int Count(int shift) => (byte)(Word >> shift);
}

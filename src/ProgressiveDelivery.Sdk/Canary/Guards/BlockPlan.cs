using ProgressiveDelivery.Sdk.Canary.Statistics;

namespace ProgressiveDelivery.Sdk.Canary.Guards;

/// <summary>
/// Plans the sizes of blocks by the share of the guarded variant among recent outcomes: a ramp changes it. Any plan keeps the promise that is made before a block opens. Not safe
/// to use from several threads.
/// </summary>
internal sealed class BlockPlan
{
    private const int Recent = 256;

    private GuardCounts _mark;
    private BlockSizes _sizes = BlockSizes.For(0.5);

    /// <summary>Returns the sizes of the next block, by all counts so far.</summary>
    public BlockSizes Next(in GuardCounts counts)
    {
        var (outcomes, ofOther) = (counts.Outcomes - _mark.Outcomes, counts.AgainstOutcomes - _mark.AgainstOutcomes);
        if (outcomes + ofOther >= Recent || (_mark == default && outcomes > 0 && ofOther > 0))
            _sizes = BlockSizes.For((double)outcomes / (outcomes + ofOther));
        if (outcomes + ofOther >= Recent)
            _mark = counts;
        return _sizes;
    }
}

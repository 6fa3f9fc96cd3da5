using ProgressiveDelivery.Sdk.Canary.Statistics;

namespace ProgressiveDelivery.Sdk.Conformance.Statistics;

/// <summary>The looks at a guard of a vector: its evidence at the outcomes that the vector names, and the first outcome at which it was proof.</summary>
internal sealed class GuardLooks(GuardProcess process, VectorInput input)
{
    private readonly long[] _at = input.Counts("at");

    public List<double> Evidence { get; } = [];

    public long? FirstCrossing { get; private set; }

    public static GuardLooks At(GuardProcess process, VectorInput input, Action<VectorOutcome> add)
    {
        var looks = new GuardLooks(process, input);
        var seen = 0L;
        looks.Look(seen);
        foreach (var outcome in input.Outcomes())
        {
            add(outcome);
            looks.Look(++seen);
        }

        return looks;
    }

    /// <summary>Returns the odds ratios and the sizes of two streams.</summary>
    public static (BlockFactors Factors, BlockSizes Sizes) Blocks(VectorInput input)
    {
        var (prior, block) = (input.Numbers("prior"), input.Counts("block"));
        return (
            new(new(input["ratio"], input["margin"]), new(prior[0], prior[1]), input.Numbers("odds")),
            new((int)block[0], (int)block[1]));
    }

    private void Look(long seen)
    {
        Evidence.AddRange(_at.Where(at => at == seen).Select(_ => process.LogEvidence));
        if (FirstCrossing is null && process.IsProof)
            FirstCrossing = seen;
    }
}

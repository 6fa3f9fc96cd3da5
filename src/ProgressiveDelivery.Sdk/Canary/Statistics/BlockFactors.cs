namespace ProgressiveDelivery.Sdk.Canary.Statistics;

/// <summary>
/// The factors of a block, one for each alternative. Whatever pair of chances the hypothesis allows, their mean is at most 1, and the block's estimate is fixed before its first
/// outcome (Turner, Ly and Grünwald 2024; statistics.md, section 14). Thread-safe.
/// </summary>
internal sealed class BlockFactors
{
    // Nearer to 1 there is no room for an alternative.
    private const double MinGood = 1e-9;

    private readonly ComparisonNull _null;
    private readonly ControlPrior _prior;
    private readonly double[] _odds;

    public BlockFactors(ComparisonNull hypothesis)
        : this(hypothesis, ControlPrior.Default, OddsRatios.Grid)
    {
    }

    public BlockFactors(ComparisonNull hypothesis, ControlPrior prior, ReadOnlySpan<double> odds) => (_null, _prior, _odds) = (hypothesis, prior, GuardArguments.Odds(odds));

    public int Count => _odds.Length;

    /// <summary>Writes the natural logarithms of the factors.</summary>
    public void Write(in ClosedBlock block, Span<double> logs)
    {
        var control = _prior.Estimate(block.ControlBefore, block.ControlBadBefore);
        var edge = _null.EdgeAt(control);
        if (edge.Good <= MinGood)
        {
            logs.Clear();
            return;
        }

        for (var k = 0; k < _odds.Length; k++)
            logs[k] = LogFactor(block, edge.WithOdds(_odds[k]), control);
    }

    private double LogFactor(in ClosedBlock block, Chance treatment, Chance control)
    {
        var (nearestTreatment, nearestControl) = _null.Nearest(block.Sizes, treatment, control);
        return treatment.LogRatio(nearestTreatment, block.TreatmentBad, block.Sizes.Treatment - block.TreatmentBad)
            + control.LogRatio(nearestControl, block.ControlBad, block.Sizes.Control - block.ControlBad);
    }
}

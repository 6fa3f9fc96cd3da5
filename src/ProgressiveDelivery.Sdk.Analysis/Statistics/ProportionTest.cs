namespace ProgressiveDelivery.Sdk.Analysis.Statistics;

/// <summary>
/// The difference of two proportions: the pooled z test with the interval of Newcombe 1998 (method 10), made of two intervals of Wilson 1927. Honest at zero
/// counts. For a relative uplift use <see cref="UpliftTest"/> with <see cref="Proportion.ToSample"/>. Not for looking again and again
/// (<see cref="ProportionSequence"/>, <see cref="ConfidenceSequence"/>). Thread-safe.
/// </summary>
public static class ProportionTest
{
    /// <summary>Compares the treatment with the control.</summary>
    /// <param name="control">The control, with at least one unit.</param>
    /// <param name="treatment">The treatment, with at least one unit.</param>
    /// <param name="alpha">The two-sided chance of error, above 0 and below 1.</param>
    /// <returns>The difference; or the reason for none.</returns>
    public static StatisticalResult<ProportionDifference> Compare(Proportion control, Proportion treatment, double alpha)
    {
        if (InputChecks.Units(alpha, [control.Units, treatment.Units], min: 1) is { } fault)
            return fault.As<ProportionDifference>();
        if (!control.IsValid || !treatment.IsValid)
            return Fault.BadArgument.As<ProportionDifference>();

        var estimate = treatment.Share - control.Share;
        var statistic = Statistic(control, treatment, estimate);
        var quantile = NormalDistribution.UpperQuantile(alpha / 2);
        if (!double.IsFinite(quantile))
            return Fault.NotFinite.As<ProportionDifference>();
        var (before, after) = (WilsonInterval.Of(control, quantile), WilsonInterval.Of(treatment, quantile));
        return StatisticalResult<ProportionDifference>.Ok(new(
            estimate,
            statistic,
            2 * NormalDistribution.UpperTail(Math.Abs(statistic)),
            estimate - Root(after.Below, before.Above),
            estimate + Root(after.Above, before.Below)));
    }

    private static double Statistic(Proportion control, Proportion treatment, double estimate)
    {
        var units = (double)control.Units + treatment.Units;
        var pooled = ((double)control.Events + treatment.Events) / units;
        var others = ((double)(control.Units - control.Events) + (treatment.Units - treatment.Events)) / units;
        return pooled == 0 || others == 0 ? 0 : estimate / Math.Sqrt(pooled * others * ((1.0 / treatment.Units) + (1.0 / control.Units)));
    }

    private static double Root(double first, double second) => Math.Sqrt((first * first) + (second * second));
}

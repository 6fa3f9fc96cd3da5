namespace ProgressiveDelivery.Sdk.Analysis.Statistics;

/// <summary>
/// The difference of two means without the assumption of equal variances (Welch 1947, degrees of freedom of Satterthwaite 1946). Assumes independent units and
/// means that are near normal: skewed amounts need some thousands of units, or winsorizing. Not for looking again and again (<see cref="ConfidenceSequence"/>),
/// for rare events with fewer than some 30 per arm (<see cref="ProportionTest"/>), or for several outcomes per unit (<see cref="RatioTest"/>). Thread-safe.
/// </summary>
public static class WelchTest
{
    /// <summary>Compares the treatment with the control. One arm may have zero variance.</summary>
    /// <param name="control">The control.</param>
    /// <param name="treatment">The treatment.</param>
    /// <param name="alpha">The two-sided chance of error, above 0 and below 1.</param>
    /// <returns>The difference; or the reason for none, such as <c>zero-variance</c>.</returns>
    public static StatisticalResult<MeanDifference> Compare(Sample control, Sample treatment, double alpha)
    {
        if (InputChecks.Samples(alpha, control, treatment) is { } fault)
            return fault.As<MeanDifference>();
        var contrast = MeanContrast.Of(treatment.Mean - control.Mean, treatment, control, 1);
        if (contrast.StandardError == 0)
            return Fault.ZeroVariance.As<MeanDifference>();

        var distribution = new StudentDistribution(contrast.DegreesOfFreedom);
        var (estimate, error, statistic) = (contrast.Estimate, contrast.StandardError, contrast.Statistic);
        var halfWidth = distribution.UpperQuantile(alpha / 2) * error;
        return InputChecks.AreFinite([estimate, error, statistic, estimate - halfWidth, estimate + halfWidth])
            ? StatisticalResult<MeanDifference>.Ok(new(
                estimate, error, contrast.DegreesOfFreedom, statistic, 2 * distribution.UpperTail(Math.Abs(statistic)), estimate - halfWidth, estimate + halfWidth))
            : Fault.NotFinite.As<MeanDifference>();
    }
}

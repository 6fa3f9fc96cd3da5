namespace ProgressiveDelivery.Sdk.Analysis.Statistics;

/// <summary>
/// The difference of two ratios of means, such as clicks per view, by the delta method (Deng, Knoblich, Lu 2018, section 3). The unit is the one that was
/// randomized. Not for a denominator that the treatment itself moves, if the numerator is what matters: read both then. Thread-safe.
/// </summary>
public static class RatioTest
{
    /// <summary>Compares the treatment with the control.</summary>
    /// <param name="control">The control.</param>
    /// <param name="treatment">The treatment.</param>
    /// <param name="alpha">The two-sided chance of error, above 0 and below 1.</param>
    /// <returns>The difference; or the reason for none, such as <c>denominator-unstable</c>.</returns>
    public static StatisticalResult<ValueDifference> Compare(RatioSample control, RatioSample treatment, double alpha)
    {
        if ((InputChecks.Units(alpha, [control.Units, treatment.Units]) ?? Numbers(control) ?? Numbers(treatment)) is { } wrong)
            return wrong.As<ValueDifference>();
        if ((IsPositive(control) ?? IsPositive(treatment) ?? IsStable(control) ?? IsStable(treatment)) is { } fault)
            return fault.As<ValueDifference>();
        var (before, after) = (Ratio(control), Ratio(treatment));
        return NormalComparison.Of(before.Value, before.StandardError, after.Value, after.StandardError, alpha);
    }

    /// <summary>Returns the ratio of an arm with its standard error, for a <see cref="ConfidenceSequence"/>.</summary>
    /// <param name="sample">The arm.</param>
    /// <returns>The ratio; or the reason for none, such as <c>denominator-unstable</c>. Its standard error may be 0.</returns>
    public static StatisticalResult<ArmEstimate> Estimate(RatioSample sample)
    {
        if ((InputChecks.Units(0.5, [sample.Units]) ?? Numbers(sample) ?? IsPositive(sample) ?? IsStable(sample)) is { } fault)
            return fault.As<ArmEstimate>();
        var ratio = Ratio(sample);
        return InputChecks.AreFinite([ratio.Value, ratio.StandardError]) ? StatisticalResult<ArmEstimate>.Ok(ratio) : Fault.NotFinite.As<ArmEstimate>();
    }

    private static Fault? Numbers(RatioSample sample) =>
        InputChecks.Numbers([sample.NumeratorMean, sample.DenominatorMean, sample.Covariance], [sample.NumeratorVariance, sample.DenominatorVariance]);

    private static Fault? IsPositive(RatioSample sample) =>
        sample.DenominatorMean > 0 ? null : new(StatisticalStatus.Refused, StatisticalReasons.DenominatorNotPositive);

    // Beyond a tenth, the expansion of the ratio is off by 1 % and more.
    private static Fault? IsStable(RatioSample sample) =>
        Math.Sqrt(sample.DenominatorVariance / sample.Units) > 0.1 * sample.DenominatorMean
            ? new(StatisticalStatus.Insufficient, StatisticalReasons.DenominatorUnstable)
            : null;

    private static ArmEstimate Ratio(RatioSample sample)
    {
        var ratio = sample.NumeratorMean / sample.DenominatorMean;
        var difference = sample.NumeratorVariance - (2 * ratio * sample.Covariance) + (ratio * ratio * sample.DenominatorVariance);
        var variance = InputChecks.VarianceOrZero(difference, sample.NumeratorVariance);
        return new(ratio, Math.Sqrt(variance / sample.Units) / sample.DenominatorMean, sample.Units) { Minority = sample.Minority };
    }
}

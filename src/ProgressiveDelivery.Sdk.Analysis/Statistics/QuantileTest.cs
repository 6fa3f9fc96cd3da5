namespace ProgressiveDelivery.Sdk.Analysis.Statistics;

/// <summary>
/// The difference of two quantiles, without a density: two outer quantiles give the standard error of each arm (Deng, Knoblich, Lu 2018, section 4; David and
/// Nagaraja 2003, section 7.1). First compute the levels, then read the quantiles at the lower level, the level and the upper level as <c>PERCENTILE_DISC</c>, the
/// order statistic number ceil(N × level), then compare. Not for levels with fewer than about 50 outcomes above them, or metrics with few distinct values.
/// Approximate quantiles add an error that the interval does not include. Thread-safe.
/// </summary>
public static class QuantileTest
{
    private const double OuterQuantile = 1.959963984540054;

    /// <summary>Returns the outer levels for independent outcomes, one per unit.</summary>
    /// <param name="level">The level of the quantile, above 0 and below 1.</param>
    /// <param name="outcomes">The number of outcomes.</param>
    /// <returns>The levels; or the reason for none, such as <c>level-out-of-range</c>.</returns>
    public static StatisticalResult<QuantileLevels> Levels(double level, long outcomes) =>
        (Units(outcomes) ?? Level(level)) is { } fault ? fault.As<QuantileLevels>() : Levels(level, outcomes, level * (1 - level) / outcomes);

    /// <summary>Returns the outer levels for several outcomes per unit.</summary>
    /// <param name="level">The level of the quantile, above 0 and below 1.</param>
    /// <param name="outcomes">The outcomes by unit.</param>
    /// <returns>The levels; or the reason for none, such as <c>level-out-of-range</c>.</returns>
    public static StatisticalResult<QuantileLevels> Levels(double level, OutcomeClusters outcomes)
    {
        var (units, mean) = (outcomes.Units, outcomes.CountMean);
        var fault = Units(units) ?? InputChecks.Numbers([mean, outcomes.Covariance], [outcomes.CountVariance, outcomes.BelowVariance]) ?? Level(level);
        if (fault is { } found)
            return found.As<QuantileLevels>();
        if (mean <= 0)
            return StatisticalResult<QuantileLevels>.Refused(StatisticalReasons.DenominatorNotPositive);

        var below = outcomes.BelowVariance - (2 * level * outcomes.Covariance) + (level * level * outcomes.CountVariance);
        return Levels(level, units * mean, InputChecks.VarianceOrZero(below, outcomes.BelowVariance) / units / mean / mean);
    }

    /// <summary>Compares the treatment with the control.</summary>
    /// <param name="control">The quantiles of the control.</param>
    /// <param name="treatment">The quantiles of the treatment.</param>
    /// <param name="alpha">The two-sided chance of error, above 0 and below 1.</param>
    /// <returns>The difference; or the reason for none, such as <c>zero-variance</c> for an arm whose outer quantiles are equal.</returns>
    public static StatisticalResult<ValueDifference> Compare(QuantileSample control, QuantileSample treatment, double alpha)
    {
        if (!InputChecks.IsShare(alpha))
            return Fault.BadArgument.As<ValueDifference>();
        if (InputChecks.Numbers([control.Lower, control.Value, control.Upper, treatment.Lower, treatment.Value, treatment.Upper], []) is { } fault)
            return fault.As<ValueDifference>();
        if (!control.IsOrdered || !treatment.IsOrdered)
            return Fault.BadArgument.As<ValueDifference>();
        var (error, controlError) = (StandardError(treatment), StandardError(control));
        return error == 0 || controlError == 0
            ? Fault.ZeroVariance.As<ValueDifference>()
            : NormalComparison.Of(control.Value, controlError, treatment.Value, error, alpha);
    }

    // The outer quantiles are always those of a two-sided 95 % interval, so that three quantiles per arm serve every alpha.
    /// <summary>Returns the standard error of an arm's quantile.</summary>
    internal static double StandardError(QuantileSample sample) => (sample.Upper - sample.Lower) / (2 * OuterQuantile);

    private static Fault? Units(long units) => units < 0 ? Fault.BadArgument : units < 2 ? Fault.Units : null;

    private static Fault? Level(double level) => InputChecks.IsShare(level) ? null : Fault.BadArgument;

    private static StatisticalResult<QuantileLevels> Levels(double level, double outcomes, double variance)
    {
        var distance = OuterQuantile * Math.Sqrt(variance);
        var (lower, upper) = (level - distance, level + distance);
        if (!double.IsFinite(distance) || !double.IsFinite(outcomes))
            return Fault.NotFinite.As<QuantileLevels>();
        if (lower * outcomes < 1 || (1 - upper) * outcomes < 1)
            return StatisticalResult<QuantileLevels>.Insufficient(StatisticalReasons.LevelOutOfRange);
        return variance == 0 ? Fault.ZeroVariance.As<QuantileLevels>() : StatisticalResult<QuantileLevels>.Ok(new(lower, upper));
    }
}

namespace ProgressiveDelivery.Sdk.Analysis.Statistics;

/// <summary>
/// The chi-squared test of sample ratio mismatch, for one look at the end (Fabijan and others 2019). Assumes that each unit counts once and is assigned
/// independently. For looks on the way use <see cref="SequentialSampleRatio"/>. Thread-safe.
/// </summary>
public static class SampleRatioChiSquared
{
    private const double MinExpected = 5;

    /// <summary>The chance of a false alarm that is asked for by default: 0.001.</summary>
    public const double DefaultAlpha = 0.001;

    /// <summary>Compares the units of the variants with their weights. A variant with neither weight nor units is left out.</summary>
    /// <param name="counts">The units of each variant.</param>
    /// <param name="weights">The weight of each variant, 0 or more, in any unit.</param>
    /// <param name="alpha">The chance of a false alarm, above 0 and below 1.</param>
    /// <returns>The test, with the reason <c>count-in-zero-weight-arm</c> if a variant without weight has units; or the reason for none.</returns>
    public static StatisticalResult<SampleRatio> Compare(IReadOnlyList<long> counts, IReadOnlyList<double> weights, double alpha = DefaultAlpha)
    {
        ArgumentNullException.ThrowIfNull(counts);
        ArgumentNullException.ThrowIfNull(weights);
        var shares = VariantWeights.Scaled(weights);
        var arms = InputChecks.IsShare(alpha) && VariantWeights.AreValid(counts, shares) ? VariantWeights.Arms(counts, shares) : [];
        if (arms.Length < 2)
            return Fault.BadArgument.As<SampleRatio>();
        if (arms.Any(arm => shares[arm] == 0))
            return StatisticalResult<SampleRatio>.Ok(new(double.PositiveInfinity, arms.Length - 1, 0, true), StatisticalReasons.CountInZeroWeightArm);

        var (units, total) = (arms.Sum(arm => (double)counts[arm]), arms.Sum(arm => shares[arm]));
        if (units == 0)
            return Fault.Units.As<SampleRatio>();
        if (arms.Any(arm => units * (shares[arm] / total) < MinExpected))
            return StatisticalResult<SampleRatio>.Insufficient(StatisticalReasons.ExpectedCount);
        var statistic = arms.Sum(arm => Term(counts[arm], units, shares[arm], total));
        var pValue = ChiSquaredDistribution.UpperTail(statistic, arms.Length - 1);
        return StatisticalResult<SampleRatio>.Ok(new(statistic, arms.Length - 1, pValue, pValue < alpha));
    }

    // (count - expected)² / expected, with the rounding of the expected count put right.
    private static double Term(double count, double units, double weight, double total)
    {
        var expected = units * weight;
        var rounding = Math.FusedMultiplyAdd(units, weight, -expected);
        var excess = Math.FusedMultiplyAdd(count, total, -expected) - rounding;
        return excess / total * (excess / expected);
    }
}

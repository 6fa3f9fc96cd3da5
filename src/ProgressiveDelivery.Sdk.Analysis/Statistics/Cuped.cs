namespace ProgressiveDelivery.Sdk.Analysis.Statistics;

/// <summary>
/// Variance reduction by a covariate from before the exposure (Deng, Xu, Kohavi, Walker 2013, sections 3 and 4), with one slope for all arms. Keep units without
/// history, with the covariate 0. Never use a covariate that the treatment can touch. The error of the slope, of order 1/n, is left out. Thread-safe.
/// </summary>
public static class Cuped
{
    /// <summary>Adjusts the arms. A constant covariate leaves them as they are.</summary>
    /// <param name="arms">The arms, two or more; the first is the control.</param>
    /// <returns>The adjusted samples, for any method that takes samples; or the reason for none.</returns>
    public static StatisticalResult<CupedAdjustment> Adjust(IReadOnlyList<CovariateSample> arms) => Adjust(arms, 0.5);

    /// <summary>Adjusts the arms and compares each with the first by <see cref="WelchTest"/> and <see cref="UpliftTest"/>.</summary>
    /// <param name="arms">The arms, two or more; the first is the control.</param>
    /// <param name="alpha">The two-sided chance of error, above 0 and below 1.</param>
    /// <returns>The comparisons; or the reason for none.</returns>
    public static StatisticalResult<CupedComparison> Compare(IReadOnlyList<CovariateSample> arms, double alpha)
    {
        var adjusted = Adjust(arms, alpha);
        if (adjusted.Value is not { } adjustment)
            return new Fault(adjusted.Status, adjusted.Reason!).As<CupedComparison>();
        var (control, treatments) = (adjustment.Arms[0], adjustment.Arms.Skip(1));
        return StatisticalResult<CupedComparison>.Ok(new(
            adjustment,
            [.. treatments.Select(treatment => WelchTest.Compare(control, treatment, alpha))],
            [.. treatments.Select(treatment => UpliftTest.Compare(control, treatment, alpha))]));
    }

    private static StatisticalResult<CupedAdjustment> Adjust(IReadOnlyList<CovariateSample> arms, double alpha)
    {
        ArgumentNullException.ThrowIfNull(arms);
        if (Check(arms, alpha) is { } fault)
            return fault.As<CupedAdjustment>();
        var (units, covariates, slope, spread) = (0.0, 0.0, 0.0, 0.0);
        foreach (var arm in arms)
        {
            units += arm.Units;
            covariates += arm.Units * arm.CovariateMean;
            slope += (arm.Units - 1) * arm.Covariance;
            spread += (arm.Units - 1) * arm.CovariateVariance;
        }

        var (theta, mean) = (spread == 0 ? 0 : slope / spread, covariates / units);
        var samples = arms.Select(arm => Adjust(arm, theta, mean)).ToArray();
        return InputChecks.AreFinite([theta, mean, .. samples.Select(sample => sample.Mean), .. samples.Select(sample => sample.Variance)])
            ? StatisticalResult<CupedAdjustment>.Ok(new(spread != 0, theta, mean, samples))
            : Fault.NotFinite.As<CupedAdjustment>();
    }

    private static Fault? Check(IReadOnlyList<CovariateSample> arms, double alpha) =>
        InputChecks.Units(alpha, [.. arms.Select(arm => arm.Units)])
        ?? InputChecks.Numbers(
            [.. arms.SelectMany(arm => new[] { arm.Mean, arm.CovariateMean, arm.Covariance })],
            [.. arms.SelectMany(arm => new[] { arm.Variance, arm.CovariateVariance })])
        ?? (arms.Count < 2 ? Fault.BadArgument : null);

    private static Sample Adjust(CovariateSample arm, double theta, double covariateMean)
    {
        var difference = arm.Variance - (2 * theta * arm.Covariance) + (theta * theta * arm.CovariateVariance);
        return new(arm.Units, arm.Mean - (theta * (arm.CovariateMean - covariateMean)), InputChecks.VarianceOrZero(difference, arm.Variance)) { Minority = arm.Minority };
    }
}

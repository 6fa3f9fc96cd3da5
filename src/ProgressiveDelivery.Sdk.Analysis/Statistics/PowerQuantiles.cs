namespace ProgressiveDelivery.Sdk.Analysis.Statistics;

/// <summary>The two quantiles of a plan, in standard errors: the one an estimate must pass, and the one for the power. Immutable.</summary>
internal readonly record struct PowerQuantiles(double Alpha, double Power)
{
    public double Sum => Alpha + Power;

    /// <summary>Returns the quantiles; for a sequential analysis the multiplier at the intended size.</summary>
    public static PowerQuantiles Of(PowerSettings settings)
    {
        var alpha = settings.Alpha / settings.Comparisons;
        return new(
            settings.IsSequential ? Math.Sqrt(1 + MixtureBoundary.Tuning(Math.Log(alpha))) : NormalDistribution.UpperQuantile(alpha / 2),
            settings.Power >= 0.5 ? NormalDistribution.UpperQuantile(1 - settings.Power) : -NormalDistribution.UpperQuantile(settings.Power));
    }
}

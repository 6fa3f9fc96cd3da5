namespace ProgressiveDelivery.Sdk.Analysis.Statistics;

/// <summary>A linear contrast of two means with the degrees of freedom of Satterthwaite 1946. Immutable.</summary>
internal readonly record struct MeanContrast(double Estimate, double StandardError, double DegreesOfFreedom)
{
    public double Statistic => Estimate / StandardError;

    /// <summary>Returns the contrast; without degrees of freedom if its standard error is 0.</summary>
    /// <param name="estimate">The contrast.</param>
    /// <param name="treatment">The treatment.</param>
    /// <param name="control">The control.</param>
    /// <param name="controlFactor">The factor of the control's mean in the contrast.</param>
    public static MeanContrast Of(double estimate, Sample treatment, Sample control, double controlFactor)
    {
        var (variance, controlVariance) = (treatment.MeanVariance, control.MeanVariance * controlFactor * controlFactor);
        var larger = Math.Max(variance, controlVariance);
        if (larger == 0)
            return new(estimate, 0, 0);

        // Divided by the larger, squares neither under- nor overflow.
        var (share, controlShare) = (variance / larger, controlVariance / larger);
        var degrees = (share + controlShare) * (share + controlShare)
            / ((share * share / (treatment.Units - 1)) + (controlShare * controlShare / (control.Units - 1)));
        return new(estimate, Math.Sqrt(variance + controlVariance), degrees);
    }
}

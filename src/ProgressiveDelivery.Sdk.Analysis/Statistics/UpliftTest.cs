namespace ProgressiveDelivery.Sdk.Analysis.Statistics;

/// <summary>
/// The relative uplift of a mean (Fieller 1954; Deng, Knoblich, Lu 2018, section 3, for the delta method). The p-value is that of <see cref="WelchTest"/>, and
/// Fieller's interval inverts the same test. Refuses a control whose mean is not positive, or whose own interval reaches 0. Thread-safe.
/// </summary>
public static class UpliftTest
{
    /// <summary>Compares the treatment with the control.</summary>
    /// <param name="control">The control.</param>
    /// <param name="treatment">The treatment.</param>
    /// <param name="alpha">The two-sided chance of error, above 0 and below 1.</param>
    /// <param name="method">The interval.</param>
    /// <returns>The uplift; or the reason for none, such as <c>baseline-not-positive</c> or <c>baseline-unstable</c>.</returns>
    public static StatisticalResult<MeanUplift> Compare(Sample control, Sample treatment, double alpha, UpliftMethod method = UpliftMethod.Fieller)
    {
        var means = WelchTest.Compare(control, treatment, alpha);
        if (means.Value is not { } difference)
            return new Fault(means.Status, means.Reason!).As<MeanUplift>();
        if (!Enum.IsDefined(method))
            return Fault.BadArgument.As<MeanUplift>();

        var quantile = new StudentDistribution(difference.DegreesOfFreedom).UpperQuantile(alpha / 2);
        var change = new RelativeChange(control.Mean, Math.Sqrt(control.MeanVariance), treatment.Mean, Math.Sqrt(treatment.MeanVariance), quantile);
        if (change.Fault is { } fault)
            return fault.As<MeanUplift>();
        var (low, high) = method == UpliftMethod.Fieller ? change.Fieller() : change.Delta();
        return InputChecks.AreFinite([change.Estimate, change.DeltaError, low, high])
            ? StatisticalResult<MeanUplift>.Ok(new(
                change.Estimate, change.DeltaError, change.G, difference.DegreesOfFreedom, difference.PValue, low, high))
            : Fault.NotFinite.As<MeanUplift>();
    }
}

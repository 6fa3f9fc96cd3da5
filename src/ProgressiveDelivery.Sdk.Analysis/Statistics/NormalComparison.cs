namespace ProgressiveDelivery.Sdk.Analysis.Statistics;

/// <summary>Compares two estimates whose errors are near normal.</summary>
internal static class NormalComparison
{
    public static StatisticalResult<ValueDifference> Of(double control, double controlError, double treatment, double treatmentError, double alpha)
    {
        var (estimate, error) = (treatment - control, Math.Sqrt((controlError * controlError) + (treatmentError * treatmentError)));
        if (error == 0)
            return Fault.ZeroVariance.As<ValueDifference>();

        var (statistic, quantile) = (estimate / error, NormalDistribution.UpperQuantile(alpha / 2));
        var (low, high) = (estimate - (quantile * error), estimate + (quantile * error));
        if (!InputChecks.AreFinite([control, treatment, estimate, error, statistic, low, high]))
            return Fault.NotFinite.As<ValueDifference>();
        return StatisticalResult<ValueDifference>.Ok(new(
            control,
            treatment,
            estimate,
            error,
            statistic,
            2 * NormalDistribution.UpperTail(Math.Abs(statistic)),
            low,
            high,
            new RelativeChange(control, controlError, treatment, treatmentError, quantile).ToUplift()));
    }
}

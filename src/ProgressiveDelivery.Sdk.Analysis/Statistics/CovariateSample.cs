namespace ProgressiveDelivery.Sdk.Analysis.Statistics;

/// <summary>The moments of a metric and of a covariate from before the exposure, in an arm. A unit without history has the covariate 0. Immutable.</summary>
/// <param name="Units">The number of units, at least 2 for a result.</param>
/// <param name="Mean">The mean of the metric.</param>
/// <param name="Variance">The variance of the metric, with the divisor <c>Units - 1</c>.</param>
/// <param name="CovariateMean">The mean of the covariate.</param>
/// <param name="CovariateVariance">The variance of the covariate, with the divisor <c>Units - 1</c>.</param>
/// <param name="Covariance">The covariance of the two, with the divisor <c>Units - 1</c>.</param>
public readonly record struct CovariateSample(
    long Units, double Mean, double Variance, double CovariateMean, double CovariateVariance, double Covariance)
{
    /// <summary>The number of units whose metric differs from the most common value; null if it is not known. The adjusted <see cref="Sample"/> keeps it.</summary>
    public long? Minority { get; init; }
}

namespace ProgressiveDelivery.Sdk.Analysis.Statistics;

/// <summary>Outcomes that are clustered by unit: m is the number of outcomes of a unit, b the number of those that are at most the quantile. Immutable.</summary>
/// <param name="Units">The number of units, at least 2 for a result.</param>
/// <param name="CountMean">The mean of m, above 0 for a result.</param>
/// <param name="CountVariance">The variance of m, with the divisor <c>Units - 1</c>.</param>
/// <param name="BelowVariance">The variance of b, with the divisor <c>Units - 1</c>.</param>
/// <param name="Covariance">The covariance of b and m, with the divisor <c>Units - 1</c>.</param>
public readonly record struct OutcomeClusters(long Units, double CountMean, double CountVariance, double BelowVariance, double Covariance);

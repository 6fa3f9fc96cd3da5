namespace ProgressiveDelivery.Sdk.Analysis.Statistics;

/// <summary>The moments of a numerator and a denominator per unit, such as clicks and views, in an arm. Immutable.</summary>
/// <param name="Units">The number of units, at least 2 for a result.</param>
/// <param name="NumeratorMean">The mean of the numerator.</param>
/// <param name="DenominatorMean">The mean of the denominator, above 0 for a result.</param>
/// <param name="NumeratorVariance">The variance of the numerator, with the divisor <c>Units - 1</c>.</param>
/// <param name="DenominatorVariance">The variance of the denominator, with the divisor <c>Units - 1</c>.</param>
/// <param name="Covariance">The covariance of the two, with the divisor <c>Units - 1</c>.</param>
public readonly record struct RatioSample(
    long Units, double NumeratorMean, double DenominatorMean, double NumeratorVariance, double DenominatorVariance, double Covariance)
{
    /// <summary>The number of units whose numerator differs from the most common one; null if it is not known. A <see cref="ConfidenceSequence"/> waits for 100.</summary>
    public long? Minority { get; init; }
}

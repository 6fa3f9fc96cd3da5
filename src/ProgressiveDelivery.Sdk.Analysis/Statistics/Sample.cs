namespace ProgressiveDelivery.Sdk.Analysis.Statistics;

/// <summary>The units, mean and variance of a metric in an arm. The rows behind it are the units that were randomized. Immutable.</summary>
/// <param name="Units">The number of units, at least 2 for a result.</param>
/// <param name="Mean">The mean.</param>
/// <param name="Variance">The variance, with the divisor <c>Units - 1</c>.</param>
public readonly record struct Sample(long Units, double Mean, double Variance)
{
    /// <summary>The number of units whose value differs from the most common one; null if it is not known. A <see cref="ConfidenceSequence"/> waits for 100.</summary>
    public long? Minority { get; init; }

    /// <summary>The variance of the mean.</summary>
    internal double MeanVariance => Variance / Units;
}

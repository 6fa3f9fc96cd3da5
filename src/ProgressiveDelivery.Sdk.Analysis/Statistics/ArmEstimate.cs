namespace ProgressiveDelivery.Sdk.Analysis.Statistics;

/// <summary>An estimate of an arm with its standard error: a mean, an adjusted mean, a share or a ratio. Immutable.</summary>
/// <param name="Value">The estimate.</param>
/// <param name="StandardError">The standard error of the estimate, 0 or more.</param>
/// <param name="Units">The number of units, at least 2 for a result.</param>
public sealed record ArmEstimate(double Value, double StandardError, long Units)
{
    /// <summary>The number of units whose value differs from the most common one; null if it is not known.</summary>
    public long? Minority { get; init; }

    /// <summary>Returns the estimate of a mean.</summary>
    /// <param name="sample">The sample.</param>
    public static ArmEstimate Of(Sample sample) => new(sample.Mean, Math.Sqrt(sample.MeanVariance), sample.Units) { Minority = sample.Minority };
}

namespace ProgressiveDelivery.Sdk.Analysis.Statistics;

/// <summary>A quantile of an arm, with the quantiles at the two outer levels of <see cref="QuantileTest.Levels(double, long)"/>. Immutable.</summary>
/// <param name="Lower">The quantile at the lower level.</param>
/// <param name="Value">The quantile, from <paramref name="Lower"/> to <paramref name="Upper"/>.</param>
/// <param name="Upper">The quantile at the upper level.</param>
public readonly record struct QuantileSample(double Lower, double Value, double Upper)
{
    internal bool IsOrdered => Lower <= Value && Value <= Upper;
}

namespace ProgressiveDelivery.Sdk.Analysis.Statistics;

/// <summary>The chi-squared test of sample ratio mismatch. Immutable.</summary>
/// <param name="Statistic">The chi-squared statistic; infinite if a variant without weight has units.</param>
/// <param name="DegreesOfFreedom">The number of variants less 1.</param>
/// <param name="PValue">The p-value of units split by the weights.</param>
/// <param name="IsMismatch">True if the p-value is below alpha.</param>
public sealed record SampleRatio(double Statistic, int DegreesOfFreedom, double PValue, bool IsMismatch);

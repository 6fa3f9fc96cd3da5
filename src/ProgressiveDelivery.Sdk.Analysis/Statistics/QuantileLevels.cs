namespace ProgressiveDelivery.Sdk.Analysis.Statistics;

/// <summary>The levels of the two outer quantiles that give the standard error of a quantile. Immutable.</summary>
/// <param name="LowerLevel">The lower level, above 0.</param>
/// <param name="UpperLevel">The upper level, below 1.</param>
public sealed record QuantileLevels(double LowerLevel, double UpperLevel);

namespace ProgressiveDelivery.Sdk.Analysis.Statistics;

/// <summary>The power of a size. Immutable.</summary>
/// <param name="Power">The chance to find the effect, from 0 to 1.</param>
public sealed record AchievedPower(double Power);

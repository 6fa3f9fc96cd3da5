namespace ProgressiveDelivery.Sdk.Analysis.Statistics;

/// <summary>The smallest effect that a size finds with the wanted power. Immutable.</summary>
/// <param name="Effect">The absolute effect, above 0.</param>
public sealed record DetectableEffect(double Effect);

namespace ProgressiveDelivery.Sdk.Analysis.Statistics;

/// <summary>The units that a comparison needs. Immutable.</summary>
/// <param name="Exact">The control units before rounding up.</param>
/// <param name="Control">The control units, at least 2.</param>
/// <param name="Treatment">The units of each treatment, at least 2.</param>
/// <param name="Total">The units of the control and one treatment.</param>
public sealed record SampleSize(double Exact, long Control, long Treatment, long Total);

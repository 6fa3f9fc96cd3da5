namespace ProgressiveDelivery.Sdk.Analysis.Statistics;

/// <summary>P-values adjusted for their number, in the order of the input. Immutable.</summary>
/// <param name="Adjusted">The adjusted p-values.</param>
/// <param name="Rejected">True where the adjusted p-value is at most alpha.</param>
public sealed record AdjustedPValues(IReadOnlyList<double> Adjusted, IReadOnlyList<bool> Rejected);

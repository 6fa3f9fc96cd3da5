namespace ProgressiveDelivery.Sdk;

/// <summary>A context that gets another variant.</summary>
/// <param name="Flag">The flag's key.</param>
/// <param name="TargetingKey">The context's targeting key; null for one without.</param>
/// <param name="From">The variant before; null: the caller's fallback.</param>
/// <param name="To">The variant after; null: the caller's fallback.</param>
public sealed record VariantMove(string Flag, string? TargetingKey, string? From, string? To);

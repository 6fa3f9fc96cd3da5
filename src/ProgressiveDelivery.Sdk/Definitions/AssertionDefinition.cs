namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>An answer that must come out before the snapshot is accepted; otherwise the one in force stays.</summary>
/// <param name="Flag">The flag asked.</param>
/// <param name="Context">Whom it is asked about.</param>
/// <param name="Variant">The variant that must come out; null: none (the caller's fallback).</param>
public sealed record AssertionDefinition(string Flag, EvaluationContext Context, string? Variant);

namespace ProgressiveDelivery.Sdk.Diagnostics;

/// <summary>Answers of one flag with one variant for one reason.</summary>
/// <param name="Flag">The key of the flag.</param>
/// <param name="Variant">The variant; null if the caller's fallback was the answer.</param>
/// <param name="Reason">The reason.</param>
/// <param name="Count">The number of answers since counting began; it never falls.</param>
public sealed record ServedCount(string Flag, string? Variant, EvaluationReason Reason, long Count);

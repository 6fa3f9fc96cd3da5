namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Serving;

/// <summary>Answers of one flag with one variant for one reason, within a span of time.</summary>
/// <param name="Flag">The key of the flag.</param>
/// <param name="Variant">The variant; null if the caller's fallback was the answer.</param>
/// <param name="Reason">The reason.</param>
/// <param name="Count">The number of answers, above 0.</param>
internal readonly record struct ServedDelta(string Flag, string? Variant, EvaluationReason Reason, long Count);

namespace ProgressiveDelivery.Sdk.Fuzz.Targets;

/// <summary>What a flag answers to one caller.</summary>
/// <param name="Flag">The flag's key.</param>
/// <param name="Caller">Which caller.</param>
/// <param name="Variant">The variant served; null: none.</param>
/// <param name="Reason">Why.</param>
/// <param name="Rule">Which rule decided; null: none.</param>
internal readonly record struct Answer(string Flag, int Caller, string? Variant, EvaluationReason Reason, string? Rule);

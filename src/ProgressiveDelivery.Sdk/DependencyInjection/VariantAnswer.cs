namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <summary>The answer of a flag that chooses an implementation.</summary>
/// <param name="Variant">The variant; null for a fallback.</param>
/// <param name="Reason">The reason.</param>
internal readonly record struct VariantAnswer(string? Variant, EvaluationReason Reason)
{
    public static VariantAnswer Of<T>(Evaluation<T> evaluation) => new(evaluation.Variant, evaluation.Reason);
}

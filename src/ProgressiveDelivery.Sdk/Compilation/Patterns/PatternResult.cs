using ProgressiveDelivery.Sdk.Evaluation.Patterns;

namespace ProgressiveDelivery.Sdk.Compilation.Patterns;

/// <summary>A compiled expression, or the reason for its absence.</summary>
/// <param name="Pattern">The expression; null if it is invalid or too large.</param>
/// <param name="Fault">The fault of an invalid expression; null otherwise.</param>
internal readonly record struct PatternResult(Pattern? Pattern, string? Fault)
{
    public static PatternResult TooLarge { get; }

    public bool IsTooLarge => Pattern is null && Fault is null;
}

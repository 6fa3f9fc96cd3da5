using ProgressiveDelivery.Sdk.Evaluation;

namespace ProgressiveDelivery.Sdk.Observation;

/// <summary>A flag's answer: a variant, or a value without one.</summary>
internal readonly record struct UsageKey(string Flag, FlagType Type, long? Version, string? Variant, string? Value, bool? IsEnabled)
{
    /// <summary>The reason of the answer, where reasons are counted apart; otherwise the default.</summary>
    public EvaluationReason Reason { get; init; }

    /// <summary>A variant that was served.</summary>
    public static UsageKey OfVariant(CompiledFlag flag, CompiledVariant variant) =>
        new(flag.Key, flag.Type, flag.Version, variant.Label, variant.HasValue ? variant.Describe(flag.Type) : null, FacetOf(flag, variant));

    /// <summary>A value that names no variant: a caller's fallback, or the on/off state of a flag that also has variants.</summary>
    public static UsageKey OfValue(CompiledFlag flag, string? value, bool? isEnabled) => new(flag.Key, flag.Type, flag.Version, null, value, isEnabled);

    private static bool? FacetOf(CompiledFlag flag, CompiledVariant variant) => variant.Enabled ?? (flag.Type == FlagType.Boolean ? variant.Boolean : null);
}

using ProgressiveDelivery.Sdk.Analysis.Statistics;

namespace ProgressiveDelivery.Sdk.Analysis.Verdicts;

/// <summary>
/// The effect of a variant on a metric, against the control. Numbers that do not exist are null, never NaN. Relative changes are shares: 0.091 is +9.1 %. Immutable.
/// </summary>
public sealed record VariantEffect
{
    /// <summary>The key of the variant.</summary>
    public required string Variant { get; init; }

    /// <summary>The status of the comparison.</summary>
    public required StatisticalStatus Status { get; init; }

    /// <summary>The code of the reason if there is no result (<see cref="StatisticalReasons"/>); null otherwise.</summary>
    public string? Reason { get; init; }

    /// <summary>The value of the control.</summary>
    public double? ControlValue { get; init; }

    /// <summary>The value of the variant.</summary>
    public double? Value { get; init; }

    /// <summary>The absolute change with its interval.</summary>
    public Interval? Absolute { get; init; }

    /// <summary>The relative change with its interval; null if it has none, though the absolute one may stand.</summary>
    public Interval? Relative { get; init; }

    /// <summary>The level of the intervals, such as 0.95; higher for the primary metric of several treatments.</summary>
    public double Level { get; init; }

    /// <summary>The p-value of no change; always valid in a sequential analysis.</summary>
    public double? PValue { get; init; }

    /// <summary>The p-value adjusted for the other variants (primary) or metrics (secondary); null for a guardrail.</summary>
    public double? AdjustedPValue { get; init; }

    /// <summary>The reading.</summary>
    public required EffectReading Reading { get; init; }

    /// <summary>The relative change so far by day, of the units first exposed up to that day; days without a result are absent. Only for the primary metric.</summary>
    public IReadOnlyDictionary<DateOnly, Interval> ByDay { get; init; } = new Dictionary<DateOnly, Interval>();
}

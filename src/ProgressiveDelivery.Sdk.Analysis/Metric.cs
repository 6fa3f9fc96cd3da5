namespace ProgressiveDelivery.Sdk.Analysis;

/// <summary>A metric: which outcomes of a unit it takes, and what it makes of them. Immutable.</summary>
public sealed record Metric
{
    /// <summary>The key, unique in the plan.</summary>
    public required string Key { get; init; }

    /// <summary>The name for people; null for the key.</summary>
    public string? Name { get; init; }

    /// <summary>The kind: the number that it makes of the outcomes of a unit.</summary>
    public required MetricKind Kind { get; init; }

    /// <summary>The outcomes that it takes; of a ratio, the numerator.</summary>
    public required OutcomeSelection Outcomes { get; init; }

    /// <summary>The denominator of a ratio; null for all other kinds.</summary>
    public OutcomeSelection? Denominator { get; init; }

    /// <summary>The level of a quantile, above 0 and below 1, such as 0.95; null for all other kinds.</summary>
    public double? Level { get; init; }

    /// <summary>The percentile of all units' values, over all variants, that values are capped at, such as 0.999; null to leave them as they are.</summary>
    public double? Winsorize { get; init; }

    /// <summary>Indicates whether <see cref="Winsorize"/> is taken among the values that are not 0.</summary>
    public bool WinsorizeNonZero { get; init; }

    /// <summary>Indicates whether the unit's value from before its first exposure reduces the variance (CUPED).</summary>
    public bool UseCovariate { get; init; }

    /// <summary>The time after the first exposure at which outcomes begin to count. Zero by default; retention usually has more.</summary>
    public TimeSpan WindowStart { get; init; }

    /// <summary>The time after the first exposure at which outcomes no longer count; null for that of the plan.</summary>
    public TimeSpan? WindowEnd { get; init; }

    /// <summary>The role in the verdict. <see cref="MetricRole.Secondary"/> by default.</summary>
    public MetricRole Role { get; init; } = MetricRole.Secondary;

    /// <summary>The direction that is good.</summary>
    public MetricDirection Direction { get; init; } = MetricDirection.IncreaseIsGood;

    /// <summary>The harm that a guardrail allows, as a share of the control's value, such as 0.1. Needed for a guardrail unless <see cref="AbsoluteMargin"/> is given.</summary>
    public double? Margin { get; init; }

    /// <summary>The harm that a guardrail allows, as an amount.</summary>
    public double? AbsoluteMargin { get; init; }

    /// <summary>The unit of the value for people, such as <c>€</c> or <c>ms</c>; null for none.</summary>
    public string? Unit { get; init; }

    /// <summary>The name, or the key without one.</summary>
    public string Title => Name ?? Key;
}

namespace ProgressiveDelivery.Sdk.Analysis.Data;

/// <summary>The sufficient statistics of a metric in a variant. Immutable.</summary>
public sealed record MetricData
{
    /// <summary>Those of all units; null for a quantile.</summary>
    public Moments? Total { get; init; }

    /// <summary>Those of the units by the UTC day of their first exposure, in order; empty for a quantile.</summary>
    public IReadOnlyDictionary<DateOnly, Moments> Days { get; init; } = new Dictionary<DateOnly, Moments>();

    /// <summary>The cap that values were winsorized at, the same for all variants; null without one.</summary>
    public double? Cap { get; init; }

    /// <summary>Those of a quantile; null for all other kinds.</summary>
    public QuantileData? Quantile { get; init; }
}

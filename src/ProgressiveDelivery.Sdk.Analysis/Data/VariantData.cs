namespace ProgressiveDelivery.Sdk.Analysis.Data;

/// <summary>The sufficient statistics of a variant. Immutable.</summary>
public sealed record VariantData
{
    /// <summary>The key of the variant.</summary>
    public required string Variant { get; init; }

    /// <summary>The units that take part.</summary>
    public required long Units { get; init; }

    /// <summary>The crossovers whose first variant this was. They take no part.</summary>
    public required long Crossovers { get; init; }

    /// <summary>The units by the UTC day of their first exposure, in order; days without units are absent.</summary>
    public required IReadOnlyDictionary<DateOnly, long> UnitsByDay { get; init; }

    /// <summary>The metrics by key. Each metric of the plan is there.</summary>
    public required IReadOnlyDictionary<string, MetricData> Metrics { get; init; }
}

namespace ProgressiveDelivery.Sdk.Analysis.Verdicts;

/// <summary>The effects of the variants on a metric. Immutable.</summary>
public sealed record MetricReport
{
    /// <summary>The metric.</summary>
    public required Metric Metric { get; init; }

    /// <summary>The metric in a few words for people, such as <c>visitors who buy within 7 days</c>.</summary>
    public required string Description { get; init; }

    /// <summary>The effects of the treatments, in the order of the plan; the control has none.</summary>
    public required IReadOnlyList<VariantEffect> Effects { get; init; }
}

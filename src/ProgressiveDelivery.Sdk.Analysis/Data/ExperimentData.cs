namespace ProgressiveDelivery.Sdk.Analysis.Data;

/// <summary>The sufficient statistics of an experiment: all that a verdict is computed from. Immutable.</summary>
public sealed record ExperimentData
{
    /// <summary>The number of lines and events, by what became of them.</summary>
    public required EventCounts Counts { get; init; }

    /// <summary>The variants, in the order of the plan.</summary>
    public required IReadOnlyList<VariantData> Variants { get; init; }

    /// <summary>The first lines that did not become events, a bounded number for each rule, in the order of files and lines. Empty for events from a table.</summary>
    public IReadOnlyList<EventFault> Faults { get; init; } = [];
}

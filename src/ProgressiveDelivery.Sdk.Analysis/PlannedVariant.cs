namespace ProgressiveDelivery.Sdk.Analysis;

/// <summary>A variant of an experiment. Immutable.</summary>
/// <param name="Key">The key, as exposures carry it.</param>
/// <param name="Weight">The planned weight, 0 or more, in the unit of the others.</param>
public sealed record PlannedVariant(string Key, double Weight)
{
    /// <summary>The name for people; null for the key.</summary>
    public string? Name { get; init; }

    /// <summary>The name, or the key without one.</summary>
    public string Title => Name ?? Key;
}

using ProgressiveDelivery.Sdk.Diagnostics;
namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>A range in which each unit has one position, so experiments with different slots exclude each other.</summary>
public sealed record LayerDefinition
{
    /// <summary>The name that experiments refer to.</summary>
    public required string Name { get; init; }

    /// <summary>The references whose first unit is placed; null for the targeting key.</summary>
    public IReadOnlyList<string>? By { get; init => field = EquatableList.Of(value); }

    /// <summary>The text that is hashed with the unit; null for the name.</summary>
    public string? Salt { get; init; }

    /// <summary>The fault, set by a reader that could not read the layer. Every flag that uses it is quarantined.</summary>
    public SnapshotDiagnostic? Defect { get; init; }
}

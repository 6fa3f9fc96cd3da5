namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>A range in which each unit has one place, so that experiments which own different slots exclude each other.</summary>
public sealed record LayerDefinition
{
    /// <summary>The name that experiments refer to.</summary>
    public required string Name { get; init; }

    /// <summary>The references whose first unit is placed; null: the targeting key.</summary>
    public IReadOnlyList<string>? By { get; init; }

    /// <summary>What is hashed with the unit; null: the name.</summary>
    public string? Salt { get; init; }

    /// <summary>Set by a reader that could not read the layer; every flag that uses it is quarantined.</summary>
    public SnapshotDiagnostic? Defect { get; init; }
}

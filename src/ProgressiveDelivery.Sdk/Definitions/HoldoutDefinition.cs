namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>A share of the units that is kept out of every experiment naming it.</summary>
public sealed record HoldoutDefinition
{
    /// <summary>The name that experiments refer to.</summary>
    public required string Name { get; init; }

    /// <summary>The share withheld, 0 to 100 with at most four decimals.</summary>
    public required decimal Percent { get; init; }

    /// <summary>The references whose first unit is hashed; null: the targeting key.</summary>
    public IReadOnlyList<string>? By { get; init; }

    /// <summary>What is hashed with the unit; null: the name.</summary>
    public string? Salt { get; init; }

    /// <summary>Set by a reader that could not read the holdout; every flag that uses it is quarantined.</summary>
    public SnapshotDiagnostic? Defect { get; init; }
}

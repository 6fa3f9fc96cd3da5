using ProgressiveDelivery.Sdk.Diagnostics;
namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>A share of the units that is excluded from every experiment that names it.</summary>
public sealed record HoldoutDefinition
{
    /// <summary>The name that experiments refer to.</summary>
    public required string Name { get; init; }

    /// <summary>The withheld share, 0 to 100 with at most four decimals.</summary>
    public required decimal Percent { get; init; }

    /// <summary>The references whose first unit is hashed; null for the targeting key.</summary>
    public IReadOnlyList<string>? By { get; init => field = EquatableList.Of(value); }

    /// <summary>The text that is hashed with the unit; null for the name.</summary>
    public string? Salt { get; init; }

    /// <summary>The fault, set by a reader that could not read the holdout. Every flag that uses it is quarantined.</summary>
    public SnapshotDiagnostic? Defect { get; init; }
}

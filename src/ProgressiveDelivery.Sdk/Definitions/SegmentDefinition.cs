namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>
/// A reusable named group: a unit in <see cref="Include"/> belongs; else one in <see cref="Exclude"/> does not; else <see cref="When"/> says.
/// </summary>
public sealed record SegmentDefinition
{
    /// <summary>The name that conditions refer to; case-sensitive.</summary>
    public required string Name { get; init; }

    /// <summary>Units that belong.</summary>
    public IReadOnlyList<string> Include { get; init; } = [];

    /// <summary>Units that do not belong, unless they are included.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>Who else belongs; null: nobody.</summary>
    public ConditionDefinition? When { get; init; }

    /// <summary>The references whose first unit is looked up; null: the targeting key.</summary>
    public IReadOnlyList<string>? By { get; init; }

    /// <summary>Set by a reader that could not read the segment; every flag that uses it is quarantined.</summary>
    public SnapshotDiagnostic? Defect { get; init; }
}

using ProgressiveDelivery.Sdk.Diagnostics;
namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>
/// A reusable named group. A unit in <see cref="Include"/> is a member; else one in <see cref="Exclude"/> is not; else <see cref="When"/> decides.
/// </summary>
public sealed record SegmentDefinition
{
    /// <summary>The name that conditions refer to; case-sensitive.</summary>
    public required string Name { get; init; }

    /// <summary>The units that are members.</summary>
    public IReadOnlyList<string> Include { get; init => field = EquatableList.Of(value); } = EquatableList<string>.Empty;

    /// <summary>The units that are not members, unless they are included.</summary>
    public IReadOnlyList<string> Exclude { get; init => field = EquatableList.Of(value); } = EquatableList<string>.Empty;

    /// <summary>The condition for all other units; null if no other unit is a member.</summary>
    public ConditionDefinition? When { get; init; }

    /// <summary>The references whose first unit is looked up; null for the targeting key.</summary>
    public IReadOnlyList<string>? By { get; init => field = EquatableList.Of(value); }

    /// <summary>The fault, set by a reader that could not read the segment. Every flag that uses it is quarantined.</summary>
    public SnapshotDiagnostic? Defect { get; init; }
}

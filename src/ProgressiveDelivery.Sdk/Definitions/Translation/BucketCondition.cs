using System.Diagnostics.CodeAnalysis;

namespace ProgressiveDelivery.Sdk.Definitions.Translation;

/// <summary>Holds for units whose position is in one of some ranges.</summary>
[Experimental("PD9001")]
public sealed record BucketCondition : ConditionDefinition
{
    /// <summary>The placement of units.</summary>
    public required BucketingDefinition Bucketing { get; init; }

    /// <summary>The ranges.</summary>
    public required IReadOnlyList<BucketRange> Ranges { get; init => field = EquatableList.Of(value); }
}

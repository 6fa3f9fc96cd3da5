using System.Diagnostics.CodeAnalysis;

namespace ProgressiveDelivery.Sdk.Definitions.Translation;

/// <summary>Serves the variant of the first range that contains the unit's position.</summary>
[Experimental("PD9001")]
public sealed record BucketOutcome : OutcomeDefinition
{
    /// <summary>The placement of units.</summary>
    public required BucketingDefinition Bucketing { get; init; }

    /// <summary>The ranges, tested in order.</summary>
    public required IReadOnlyList<BucketShare> Shares { get; init => field = EquatableList.Of(value); }

    /// <summary>The variant of units in no range; null if they pass on.</summary>
    public string? Else { get; init; }
}

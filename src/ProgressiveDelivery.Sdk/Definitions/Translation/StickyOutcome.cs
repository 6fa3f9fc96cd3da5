using System.Diagnostics.CodeAnalysis;

namespace ProgressiveDelivery.Sdk.Definitions.Translation;

/// <summary>
/// Serves the variant that is stored for a unit; otherwise serves <see cref="Serve"/> and stores its variant. A unit may have several names, such as
/// an account and a device, and the assignment of the first name takes precedence. An assignment, new or found under another name, is stored under
/// the first name that the context has. Each version has its own assignments, stored as <c>key__version</c> of a unit <c>name||value</c>.
/// </summary>
/// <remarks>Follows GrowthBook's "Sticky Bucketing", whose documents have the same content.</remarks>
[Experimental("PD9001")]
public sealed record StickyOutcome : OutcomeDefinition
{
    /// <summary>The experiment's key.</summary>
    public required string Key { get; init; }

    /// <summary>The version rules for stored assignments: a version of 0 or more, and a minimum of at most 1,000.</summary>
    public required StickyDefinition Sticky { get; init; }

    /// <summary>The reading of the unit, and its placement in explanations.</summary>
    public required BucketingDefinition Bucketing { get; init; }

    /// <summary>The names that a unit may have, in order of precedence.</summary>
    public required IReadOnlyList<StickyUnit> By { get; init => field = EquatableList.Of(value); }

    /// <summary>The stored name of each variant.</summary>
    public required IReadOnlyList<StickyVariant> Variants { get; init => field = EquatableList.Of(value); }

    /// <summary>The outcome of a unit without a stored assignment.</summary>
    public required OutcomeDefinition Serve { get; init; }

    /// <summary>Indicates whether assignments are read and never stored. Default false.</summary>
    public bool IsReadOnly { get; init; }
}

/// <summary>One of a unit's names.</summary>
[Experimental("PD9001")]
public sealed record StickyUnit
{
    /// <summary>The name under which the unit is stored, before <c>||</c> and its value.</summary>
    public required string Name { get; init; }

    /// <summary>The references to its value; the first one that the context has counts.</summary>
    public required IReadOnlyList<string> References { get; init => field = EquatableList.Of(value); }
}

/// <summary>The stored name of a variant.</summary>
[Experimental("PD9001")]
public sealed record StickyVariant
{
    /// <summary>The stored text.</summary>
    public required string Name { get; init; }

    /// <summary>The variant; null if units with this assignment pass on.</summary>
    public string? Variant { get; init; }

    /// <summary>Indicates whether a stored assignment is served; otherwise it is only written. Default true.</summary>
    public bool IsHonored { get; init; } = true;
}

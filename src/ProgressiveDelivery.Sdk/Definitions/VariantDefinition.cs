using System.Diagnostics.CodeAnalysis;

namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>One named value that a flag can yield.</summary>
public sealed record VariantDefinition
{
    /// <summary>The name, unique in its flag; case-sensitive.</summary>
    public required string Name { get; init; }

    /// <summary>The value, of the flag's type. It may be absent if <see cref="Enabled"/> is set; callers then get their fallback.</summary>
    public required VariantValue Value { get; init; }

    /// <summary>
    /// The result of <c>IsEnabled</c> for this variant, if the flag is not a boolean. It is the second facet of backends whose flags are on or off
    /// and also have a variant. Null if the flag has one facet.
    /// </summary>
    [Experimental("PD9001")]
    public bool? Enabled { get; init; }

    /// <summary>
    /// The name in evaluations and explanations; null for <see cref="Name"/>. Several variants may share it, for backends in which one name has
    /// several values or is served both on and off. Rules, prerequisites, overrides and kills use <see cref="Name"/>.
    /// </summary>
    [Experimental("PD9001")]
    public string? Label { get; init; }
}

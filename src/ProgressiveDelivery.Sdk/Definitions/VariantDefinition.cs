namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>One named value that a flag can yield.</summary>
/// <param name="Name">The name, unique in its flag; case-sensitive.</param>
/// <param name="Value">The value, of the flag's type; one without a value is allowed where <see cref="Enabled"/> is set, and answers the caller's fallback.</param>
public sealed record VariantDefinition(string Name, VariantValue Value)
{
    /// <summary>
    /// What <c>IsEnabled</c> answers where the variant is served, of a flag that is no boolean: the second facet of backends whose flags are on or
    /// off and have a variant besides. Null: the flag has one facet.
    /// </summary>
    public bool? Enabled { get; init; }

    /// <summary>
    /// The name that evaluations and explanations show; null: <see cref="Name"/>. Several variants may show the same, for backends in which one
    /// name has several values, or is served both on and off. Rules, prerequisites, overrides and kills go by <see cref="Name"/>.
    /// </summary>
    public string? Label { get; init; }
}

namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>One named value that a flag can yield.</summary>
/// <param name="Name">The name, unique in its flag; case-sensitive.</param>
/// <param name="Value">The value, of the flag's type.</param>
public sealed record VariantDefinition(string Name, VariantValue Value);

namespace ProgressiveDelivery.Sdk;

/// <summary>A variant that a context or a unit of work forces for a test.</summary>
/// <param name="Flag">The flag's key.</param>
/// <param name="Variant">The variant's name.</param>
/// <param name="By">The author: a person or a program. It is logged.</param>
public sealed record ForcedVariant(string Flag, string Variant, string By);

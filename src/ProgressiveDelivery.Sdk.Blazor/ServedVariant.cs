namespace ProgressiveDelivery.Sdk.Blazor;

/// <summary>The variant that a flag serves, as the contents of its variants see it.</summary>
/// <param name="Name">The variant's name; null for the fallback.</param>
/// <param name="Listed">The variants that have a content.</param>
internal sealed record ServedVariant(string? Name, VariantSet Listed);

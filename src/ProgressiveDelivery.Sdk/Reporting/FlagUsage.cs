namespace ProgressiveDelivery.Sdk.Reporting;

/// <summary>How often a flag served what.</summary>
/// <param name="Flag">The flag's key.</param>
/// <param name="Type">The flag's type.</param>
/// <param name="Variants">What it served, each at least once.</param>
public sealed record FlagUsage(string Flag, FlagType Type, IReadOnlyList<VariantUsage> Variants);

namespace ProgressiveDelivery.Sdk.Reporting;

/// <summary>How often a flag served what.</summary>
/// <param name="Flag">The flag's key.</param>
/// <param name="Type">The flag's type.</param>
/// <param name="Version">The flag's own version, as its backend counts; null: it has none.</param>
/// <param name="Variants">What it served, each at least once.</param>
public sealed record FlagUsage(string Flag, FlagType Type, long? Version, IReadOnlyList<VariantUsage> Variants);

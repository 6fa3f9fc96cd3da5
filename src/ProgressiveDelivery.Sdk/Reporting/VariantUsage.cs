namespace ProgressiveDelivery.Sdk.Reporting;

/// <summary>How often a flag served one variant.</summary>
/// <param name="Variant">The variant's name, as evaluations show it; null: it served none, and callers got their fallbacks.</param>
/// <param name="Value">Its value as JSON; null: it has none.</param>
/// <param name="IsEnabled">Whether the flag is on there: what the variant says, or its value where that is a boolean; null where neither does.</param>
/// <param name="Count">How often; at least 1.</param>
public readonly record struct VariantUsage(string? Variant, string? Value, bool? IsEnabled, long Count);

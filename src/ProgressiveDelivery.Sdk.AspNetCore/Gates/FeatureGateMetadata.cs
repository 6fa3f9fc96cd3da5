namespace ProgressiveDelivery.Sdk.AspNetCore;

/// <summary>Metadata of an endpoint that a flag gates. Immutable.</summary>
/// <param name="flag">The flag's key; case-sensitive.</param>
/// <param name="variant">The variant that opens the gate; null if it opens while the flag is on.</param>
/// <param name="negate">True for a gate that opens while the condition does not hold.</param>
public sealed class FeatureGateMetadata(string flag, string? variant, bool negate = false)
{
    /// <summary>The flag's key.</summary>
    public string Flag { get; } = flag;

    /// <summary>The variant that opens the gate; null if it opens while the flag is on.</summary>
    public string? Variant { get; } = variant;

    /// <summary>Indicates whether the gate opens while the condition does not hold.</summary>
    public bool IsNegated { get; } = negate;
}

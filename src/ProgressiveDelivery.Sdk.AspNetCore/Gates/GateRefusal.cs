namespace ProgressiveDelivery.Sdk.AspNetCore;

/// <summary>The gate that refuses a request. Immutable.</summary>
/// <param name="Flag">The flag's key.</param>
/// <param name="Variant">The variant that the gate requires; null if it requires that the flag is on.</param>
/// <param name="IsNegated">True if the gate requires the opposite: the flag off, or another variant.</param>
public sealed record GateRefusal(string Flag, string? Variant, bool IsNegated);

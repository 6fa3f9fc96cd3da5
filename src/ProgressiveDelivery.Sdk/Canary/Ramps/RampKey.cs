namespace ProgressiveDelivery.Sdk.Canary.Ramps;

/// <summary>The name of a ramp.</summary>
/// <param name="Flag">The flag's key.</param>
/// <param name="Rule">The name of its rule; null for the flag's default.</param>
internal readonly record struct RampKey(string Flag, string? Rule);

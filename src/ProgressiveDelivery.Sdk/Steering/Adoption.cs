namespace ProgressiveDelivery.Sdk.Steering;

/// <summary>A new snapshot of the source that came into force in place of another one.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Before">The version that was in force before.</param>
internal sealed record Adoption(long Version, long Before);

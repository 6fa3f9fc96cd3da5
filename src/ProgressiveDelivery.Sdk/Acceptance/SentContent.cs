namespace ProgressiveDelivery.Sdk.Acceptance;

/// <summary>The statements that a reading makes of itself, for people.</summary>
/// <param name="Version">Its version; null if it has none, or it could not be read.</param>
/// <param name="ChangedBy">The person or system that published it; null if it does not say so.</param>
/// <param name="ChangeReason">The reason for the change; null if it does not give one.</param>
internal readonly record struct SentContent(long? Version, string? ChangedBy = null, string? ChangeReason = null);

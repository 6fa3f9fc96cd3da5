namespace ProgressiveDelivery.Sdk.Sources.Failover;

/// <summary>A change of the source in use.</summary>
/// <param name="From">The one that was left.</param>
/// <param name="To">The one in use.</param>
/// <param name="IsReturn">True if a preferred source recovered; false if the one that was left failed.</param>
internal sealed record SourceSwitch(ListedSource From, ListedSource To, bool IsReturn);

namespace ProgressiveDelivery.Sdk.Sources.Failover;

/// <summary>Another source came into use.</summary>
/// <param name="From">The one that was left.</param>
/// <param name="To">The one in use.</param>
/// <param name="IsReturn">Whether a preferred one is well again; else the one that was left is not.</param>
internal sealed record SourceSwitch(ListedSource From, ListedSource To, bool IsReturn);

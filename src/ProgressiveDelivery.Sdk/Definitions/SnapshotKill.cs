namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>The order to serve one variant of a flag to all contexts at once, until a snapshot newer than the order is accepted.</summary>
/// <param name="Version">Its place among snapshots and other kills; the newer one counts.</param>
/// <param name="Flag">The flag's key.</param>
/// <param name="Variant">The name of the variant to serve.</param>
internal sealed record SnapshotKill(long Version, string Flag, string Variant);

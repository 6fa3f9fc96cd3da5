namespace ProgressiveDelivery.Sdk.AspNetCore.Snapshots;

/// <summary>Marks an endpoint that serves snapshots.</summary>
/// <param name="Pattern">The path that it was mapped with.</param>
internal sealed record SnapshotEndpointMetadata(string Pattern);

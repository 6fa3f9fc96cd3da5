namespace ProgressiveDelivery.Sdk;

/// <summary>A change of the rules in force.</summary>
/// <param name="Previous">The rules before; null when a handler is told the state at its subscription.</param>
/// <param name="Current">The rules now; answers already come from them.</param>
public sealed record SnapshotChange(IFeatureSnapshot? Previous, IFeatureSnapshot Current);

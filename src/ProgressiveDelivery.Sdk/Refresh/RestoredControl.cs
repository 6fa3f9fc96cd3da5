using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk.Refresh;

/// <summary>What operators did before the restart, and is to hold again.</summary>
/// <param name="Hold">The hold; null: none, or its snapshot was not accepted.</param>
/// <param name="Held">Its snapshot.</param>
/// <param name="Overrides">The overrides.</param>
/// <param name="Path">The file that it comes from.</param>
internal sealed record RestoredControl(SnapshotHold? Hold, FeatureSnapshot? Held, IReadOnlyList<FlagOverride> Overrides, string Path);

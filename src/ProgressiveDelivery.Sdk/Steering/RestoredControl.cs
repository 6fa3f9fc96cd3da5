using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk.Steering;

/// <summary>Acts of operators, guards and gates from before the restart, to be restored.</summary>
/// <param name="Hold">The hold; null if there is none, or its snapshot was not accepted.</param>
/// <param name="Held">Its snapshot.</param>
/// <param name="Overrides">The overrides.</param>
/// <param name="Canary">The trips of guards and the positions of rollouts.</param>
/// <param name="Path">The file that it comes from.</param>
internal sealed record RestoredControl(SnapshotHold? Hold, FeatureSnapshot? Held, IReadOnlyList<FlagOverride> Overrides, CanaryState Canary, string Path)
{
    /// <summary>Indicates whether an operator's act accepted a lower version after the held one.</summary>
    public bool IsOvertaken { get; init; }
}

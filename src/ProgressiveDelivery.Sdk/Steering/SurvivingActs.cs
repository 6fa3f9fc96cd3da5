using ProgressiveDelivery.Sdk.Control;
namespace ProgressiveDelivery.Sdk.Steering;

/// <summary>The acts of operators, guards and gates that are to survive a restart.</summary>
/// <param name="Hold">The hold; null if there is none.</param>
/// <param name="Overrides">The overrides.</param>
/// <param name="Canary">The trips of guards and the positions of rollouts.</param>
internal sealed record SurvivingActs(SnapshotHold? Hold, IReadOnlyList<FlagOverride> Overrides, CanaryState Canary)
{
    public bool Equals(SurvivingActs? other) => other is not null && Hold == other.Hold && Overrides.SequenceEqual(other.Overrides) && Canary == other.Canary;

    public override int GetHashCode() => HashCode.Combine(Hold, Overrides.Count, Canary);
}

using ProgressiveDelivery.Sdk.Control;
namespace ProgressiveDelivery.Sdk.Steering;

/// <summary>Acts of operators, guards and gates that survive a restart, as they are kept on disk.</summary>
/// <param name="Hold">The hold; null if there is none.</param>
/// <param name="Held">The snapshot held, as a document in our own format; empty without a hold.</param>
/// <param name="Overrides">The overrides.</param>
/// <param name="Canary">The trips of guards and the positions of rollouts.</param>
internal sealed record KeptControl(SnapshotHold? Hold, ReadOnlyMemory<byte> Held, IReadOnlyList<FlagOverride> Overrides, CanaryState Canary)
{
    /// <summary>Indicates whether an operator's act accepted a lower version after the held one: versions then begin anew.</summary>
    public bool IsOvertaken { get; init; }

    public bool IsEmpty => Hold is null && Overrides.Count == 0 && Canary.IsEmpty;
}

namespace ProgressiveDelivery.Sdk.Control;

/// <summary>A snapshot that an operator holds in force; newer ones are accepted, and wait.</summary>
public sealed record SnapshotHold : StandingAct
{
    /// <summary>The version held.</summary>
    public required long Version { get; init; }

    /// <summary>
    /// Indicates whether no operator holds it: this instance waits until <see cref="StandingAct.ExpiresAt"/> to adopt the newest snapshot, as the client's bake time has it.
    /// </summary>
    public bool IsAdoption { get; init; }
}

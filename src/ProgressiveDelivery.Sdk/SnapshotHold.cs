namespace ProgressiveDelivery.Sdk;

/// <summary>A snapshot that an operator holds in force; newer ones are accepted, and wait.</summary>
public sealed record SnapshotHold : StandingAct
{
    /// <summary>The version held.</summary>
    public required long Version { get; init; }
}

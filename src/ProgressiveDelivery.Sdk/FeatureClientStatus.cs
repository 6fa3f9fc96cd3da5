using ProgressiveDelivery.Sdk.Control;
namespace ProgressiveDelivery.Sdk;

/// <summary>The status of a client at the moment it was read: how current its rules are.</summary>
public sealed record FeatureClientStatus
{
    /// <summary>The state.</summary>
    public required FeatureClientState State { get; init; }

    /// <summary>The time at which that state was entered.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>
    /// The fault that keeps it from being <see cref="FeatureClientState.Ready"/>; null until a first attempt has failed. Where
    /// <see cref="MaxStaleness"/> is declared, a client that is ready has one too while attempts fail.
    /// </summary>
    public FeatureClientFault? Cause { get; init; }

    /// <summary>The version of the rules in force; 0 when there are none.</summary>
    public long SnapshotVersion { get; init; }

    /// <summary>The origin of the rules in force.</summary>
    public SnapshotOrigin Origin { get; init; }

    /// <summary>The name of the source in use, for people.</summary>
    public string? Source { get; init; }

    /// <summary>The time at which the source last confirmed that the rules in force are current; null if it has not in this run.</summary>
    public DateTimeOffset? LastConfirmed { get; init; }

    /// <summary>The time since that confirmation, unaffected by changes to the system clock; null if there was none in this run.</summary>
    public TimeSpan? Age { get; init; }

    /// <summary>The time at which the first rules not confirmed in this run came into force.</summary>
    internal DateTimeOffset? UnconfirmedSince { get; init; }

    /// <summary>The time after which unconfirmed rules make the client <see cref="FeatureClientState.Stale"/>; null if none is declared.</summary>
    public TimeSpan? MaxStaleness { get; init; }

    /// <summary>The holds and overrides of operators, by <c>ISnapshotControl</c>, and the trips and pauses of guards; null if there are none.</summary>
    public SnapshotControlState? Control { get; init; }

    /// <summary>
    /// The time since which the disk under the last-known-good folder has not answered; null while it answers, and without such a folder.
    /// Flags are served from memory meanwhile; what is accepted is written when the disk answers.
    /// </summary>
    public DateTimeOffset? DiskStalledSince { get; init; }

    /// <summary>The sinks of events, and what became of the events; empty without sinks.</summary>
    public IReadOnlyList<EventSinkStatus> EventSinks { get; init; } = [];

    /// <summary>
    /// The health of each experiment in force that this process has exposed units of, by flag and experiment; of 1,000 at most. Empty without sinks of events.
    /// </summary>
    public IReadOnlyList<ExperimentHealth> Experiments { get; init; } = [];

    /// <summary>The guards of the flags in force, by flag and guard; of 1,000 at most.</summary>
    public IReadOnlyList<GuardStatus> Guards { get; init; } = [];

    /// <summary>The rollouts in force that have steps or are paused, by flag and rule; of 1,000 at most.</summary>
    public IReadOnlyList<RampStatus> Ramps { get; init; } = [];

    /// <summary>Indicates whether there are rules to answer from.</summary>
    public bool HasRules => Origin != SnapshotOrigin.None;
}

namespace ProgressiveDelivery.Sdk.Control;

/// <summary>One act in the trail, of an operator or automatic.</summary>
public sealed record ControlRecord
{
    /// <summary>The kind of act.</summary>
    public required ControlActKind Kind { get; init; }

    /// <summary>
    /// The author of the act; for an act that expired or was restored, the author of the original act. For a guard or a gate its name: <c>guard 'errors'</c>,
    /// <c>rollout of rule 'canary'</c>.
    /// </summary>
    public required string By { get; init; }

    /// <summary>The reason for the act; of a guard, its evidence.</summary>
    public required string Reason { get; init; }

    /// <summary>The time of the act.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The version in force before.</summary>
    public long FromVersion { get; init; }

    /// <summary>The version in force after.</summary>
    public long ToVersion { get; init; }

    /// <summary>The version held after; null if the newest accepted snapshot is followed.</summary>
    public long? HeldVersion { get; init; }

    /// <summary>The flag that the act is about; null for an act on the snapshot in force.</summary>
    public string? Flag { get; init; }

    /// <summary>The guard that acted, or whose trip ended; null for other acts.</summary>
    public string? Guard { get; init; }

    /// <summary>The variant that the flag was overridden with before; of a guard, the one that it watches. Null for none.</summary>
    public string? FromVariant { get; init; }

    /// <summary>The variant that the flag is overridden with after; of a guard, the one that is served in place of the watched one. Null for none.</summary>
    public string? ToVariant { get; init; }

    /// <summary>The time at which the act undoes itself; null if never, or if there is nothing to undo.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Indicates whether it holds again after a restart.</summary>
    public bool SurvivesRestart { get; init; }
}

/// <summary>The kind of an act.</summary>
public enum ControlActKind
{
    /// <summary>Holds the snapshot in force.</summary>
    Hold = 0,

    /// <summary>Puts the newest accepted snapshot in force again.</summary>
    Release,

    /// <summary>Puts the next older snapshot of the history in force.</summary>
    StepBack,

    /// <summary>Puts the next newer snapshot of the history in force.</summary>
    StepForward,

    /// <summary>Puts a given snapshot of the history in force.</summary>
    Pin,

    /// <summary>Serves one variant of a flag to every context.</summary>
    Override,

    /// <summary>Removes the override of a flag: its rules decide again.</summary>
    RemoveOverride,

    /// <summary>Automatic: a hold expired, as set when it began.</summary>
    HoldExpired,

    /// <summary>Automatic: an override expired, as set when it began.</summary>
    OverrideExpired,

    /// <summary>Automatic: a hold from before the restart was restored.</summary>
    HoldRestored,

    /// <summary>Automatic: an override from before the restart was restored.</summary>
    OverrideRestored,

    /// <summary>Accepts the source's current document, whatever its version.</summary>
    AcceptCurrent,

    /// <summary>Forces a variant of a flag for some contexts or units of work, for a test. Recorded once for each flag, variant and author.</summary>
    ForceVariant,

    /// <summary>Automatic: a guard found a variant bad.</summary>
    GuardTripped,

    /// <summary>Automatic: a guard's trip from before the restart was restored.</summary>
    GuardRestored,

    /// <summary>Automatic: a small share of units tries a reverted variant again.</summary>
    ProbeBegun,

    /// <summary>Automatic: a probe ended, and the variant stays reverted.</summary>
    ProbeEnded,

    /// <summary>Automatic: a guard's trip ended, by a probe or by a snapshot with a higher attempt.</summary>
    GuardClosed,

    /// <summary>Ends the trips and pauses of a flag.</summary>
    ResetGuards,

    /// <summary>Automatic: a rollout passed the gate of a step.</summary>
    StepReached,

    /// <summary>Automatic: a guard or a gate paused a rollout, or stepped it back.</summary>
    RampPaused,
}

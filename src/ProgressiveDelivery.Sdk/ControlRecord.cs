namespace ProgressiveDelivery.Sdk;

/// <summary>One act in the trail.</summary>
public sealed record ControlRecord
{
    /// <summary>What was done.</summary>
    public required ControlActKind Kind { get; init; }

    /// <summary>Who did it; of an act that expired or was restored: who had done it.</summary>
    public required string By { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The version in force before.</summary>
    public long FromVersion { get; init; }

    /// <summary>The version in force after.</summary>
    public long ToVersion { get; init; }

    /// <summary>The version held after; null: the newest accepted snapshot is followed.</summary>
    public long? HeldVersion { get; init; }

    /// <summary>The flag that an override is about; otherwise null.</summary>
    public string? Flag { get; init; }

    /// <summary>The variant that the flag was overridden with before; null: none.</summary>
    public string? FromVariant { get; init; }

    /// <summary>The variant that the flag is overridden with after; null: none.</summary>
    public string? ToVariant { get; init; }

    /// <summary>When the act undoes itself; null: never, or there is nothing to undo.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Whether it holds again after a restart.</summary>
    public bool SurvivesRestart { get; init; }
}

/// <summary>What an act did.</summary>
public enum ControlActKind
{
    /// <summary>Held the snapshot in force.</summary>
    Hold = 0,

    /// <summary>Let the newest accepted snapshot be in force again.</summary>
    Release,

    /// <summary>Put the next older snapshot of the history in force.</summary>
    StepBack,

    /// <summary>Put the next newer snapshot of the history in force.</summary>
    StepForward,

    /// <summary>Put a given snapshot of the history in force.</summary>
    Pin,

    /// <summary>Had one variant of a flag served to everybody.</summary>
    Override,

    /// <summary>Let a flag be decided by its rules again.</summary>
    RemoveOverride,

    /// <summary>Nobody's act: a hold came to its end, as was asked when it began.</summary>
    HoldExpired,

    /// <summary>Nobody's act: an override came to its end, as was asked when it began.</summary>
    OverrideExpired,

    /// <summary>Nobody's act: a hold of before the restart holds again.</summary>
    HoldRestored,

    /// <summary>Nobody's act: an override of before the restart holds again.</summary>
    OverrideRestored,
}

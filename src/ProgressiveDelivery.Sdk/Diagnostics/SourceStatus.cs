namespace ProgressiveDelivery.Sdk.Diagnostics;

/// <summary>A source of a client, and its last word.</summary>
public sealed record SourceStatus
{
    /// <summary>The name of the source, without secrets: its address without user, query and fragment, or its path.</summary>
    public required string Name { get; init; }

    /// <summary>The place in the order of preference; 0 is preferred.</summary>
    public int Rank { get; init; }

    /// <summary>The kind of source in words, such as <c>event stream</c>, <c>polled every 30 s</c>, <c>file</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Indicates whether signatures are checked.</summary>
    public bool IsSigned { get; init; }

    /// <summary>The state of the source.</summary>
    public SourceState State { get; init; }

    /// <summary>The last version that it sent and that was accepted or confirmed; null if there is none.</summary>
    public long? Version { get; init; }

    /// <summary>The time at which it was last asked; null if it was not.</summary>
    public DateTimeOffset? LastTried { get; init; }

    /// <summary>The time at which it last answered with current rules; null if it did not.</summary>
    public DateTimeOffset? LastConfirmed { get; init; }

    /// <summary>The time of the next attempt after a failure; null if it is not failing, or is not tried again.</summary>
    public DateTimeOffset? NextAttempt { get; init; }

    /// <summary>The attempts that failed since it last answered.</summary>
    public long Failures { get; init; }

    /// <summary>The last fault; null if it is not failing.</summary>
    public FeatureClientFault? Fault { get; init; }
}

/// <summary>States of a source.</summary>
public enum SourceState
{
    /// <summary>It has not been asked yet.</summary>
    NotTried = 0,

    /// <summary>Its answers are in use.</summary>
    InUse,

    /// <summary>It worked when it was last asked, and stands by.</summary>
    StandingBy,

    /// <summary>It has an older version than the one accepted.</summary>
    Behind,

    /// <summary>It cannot be reached, or denies access, or answers with a fault.</summary>
    Failing,

    /// <summary>It sent a snapshot, patch or kill that was rejected.</summary>
    Rejected,

    /// <summary>It is not asked again.</summary>
    Stopped,
}

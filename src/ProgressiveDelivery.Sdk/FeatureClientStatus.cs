namespace ProgressiveDelivery.Sdk;

/// <summary>How current a client's rules are, at the moment it was asked.</summary>
public sealed record FeatureClientStatus
{
    /// <summary>The state.</summary>
    public required FeatureClientState State { get; init; }

    /// <summary>When that state was entered.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>
    /// Why it is not <see cref="FeatureClientState.Ready"/>; null until a first attempt has failed. Where
    /// <see cref="MaxStaleness"/> is declared, a client that is ready has one too while attempts fail.
    /// </summary>
    public FeatureClientFault? Cause { get; init; }

    /// <summary>The version of the rules in force; 0 when there are none.</summary>
    public long SnapshotVersion { get; init; }

    /// <summary>Where the rules in force came from.</summary>
    public SnapshotOrigin Origin { get; init; }

    /// <summary>The name of the source in use, for people.</summary>
    public string? Source { get; init; }

    /// <summary>When the source last confirmed that the rules in force are current; null: never in this run.</summary>
    public DateTimeOffset? LastConfirmed { get; init; }

    /// <summary>How long ago that was, by a clock that runs on when the one on the wall is set; null: never in this run.</summary>
    public TimeSpan? Age { get; init; }

    /// <summary>When the first rules came into force that nobody had confirmed in this run.</summary>
    internal DateTimeOffset? UnconfirmedSince { get; init; }

    /// <summary>How long the rules may answer unconfirmed before the client is <see cref="FeatureClientState.Stale"/>; null where nothing is declared.</summary>
    public TimeSpan? MaxStaleness { get; init; }

    /// <summary>What operators hold or override, by <c>ISnapshotControl</c>; null: nothing.</summary>
    public SnapshotControlState? Control { get; init; }

    /// <summary>Whether there are rules to answer from.</summary>
    public bool HasRules => Origin != SnapshotOrigin.None;
}

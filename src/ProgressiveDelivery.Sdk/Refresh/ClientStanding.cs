using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk.Refresh;

/// <summary>What the last step of the loop left behind: immutable, and swapped as one.</summary>
internal sealed record ClientStanding(FeatureSnapshot Snapshot, FeatureClientState State, DateTimeOffset Since)
{
    public FeatureClientFault? Cause { get; init; }

    public DateTimeOffset? LastConfirmed { get; init; }

    /// <summary>The same moment by the clock that only runs forward.</summary>
    public long? ConfirmedAt { get; init; }

    /// <summary>When the first rules came into force that nobody had confirmed in this run; null where the source's were the first.</summary>
    public DateTimeOffset? UnconfirmedSince { get; init; }

    public SnapshotControlState? Control { get; init; }

    public bool HasRules => Snapshot.Origin != SnapshotOrigin.None;

    /// <summary>The state that a kind of fault leaves rules in that nobody has confirmed.</summary>
    public static FeatureClientState StateAfter(FeatureClientFaultKind fault) =>
        fault is FeatureClientFaultKind.Refused or FeatureClientFaultKind.InvalidSnapshot ? FeatureClientState.Failed : FeatureClientState.Stale;

    /// <summary>The status at a moment: rules grow too old, and expire, by the clock alone, whatever the loop is doing.</summary>
    public FeatureClientStatus At(TimeProvider clock, string source, TimeSpan? maxStaleness)
    {
        var now = clock.GetUtcNow();
        var status = new FeatureClientStatus
        {
            State = State,
            Since = Since,
            Cause = Cause,
            SnapshotVersion = Snapshot.Version,
            Origin = Snapshot.Origin,
            Source = source,
            LastConfirmed = LastConfirmed,
            Age = ConfirmedAt is { } at ? clock.GetElapsedTime(at) : null,
            MaxStaleness = maxStaleness,
            UnconfirmedSince = UnconfirmedSince,
            Control = Control,
        };
        if (status.State == FeatureClientState.Ready && status.Age > maxStaleness)
            status = Overdue(status, now, maxStaleness.Value);
        return ExpiryAt(status, now) is { } expiry ? Expired(status, expiry) : status;
    }

    // The age is measured by a clock that only runs forward; the moment is told by the one on the wall, which may have been set back.
    private static FeatureClientStatus Overdue(FeatureClientStatus status, DateTimeOffset now, TimeSpan maxStaleness)
    {
        var since = status.LastConfirmed + maxStaleness is { } exceeded && exceeded < now ? exceeded : now;
        var cause = status.Cause ?? new(FeatureClientFaultKind.Unconfirmed, Describe(status, maxStaleness), since);
        return status with { State = StateAfter(cause.Kind), Since = since, Cause = cause };
    }

    private static string Describe(FeatureClientStatus status, TimeSpan maxStaleness) =>
        $"Source '{status.Source}' has not confirmed version {status.SnapshotVersion} for longer than {maxStaleness} (MaxStaleness), though no attempt failed: one hangs, or the source is asked too seldom. See that it answers in time.";

    private DateTimeOffset? ExpiryAt(FeatureClientStatus status, DateTimeOffset now) =>
        status.State is FeatureClientState.Ready or FeatureClientState.Stale && Snapshot.Rules.ExpiresAt is { } expiry && expiry <= now ? expiry : null;

    private static FeatureClientStatus Expired(FeatureClientStatus status, DateTimeOffset expiry) => status with
    {
        State = FeatureClientState.Stale,
        Since = status.State == FeatureClientState.Stale && status.Since < expiry ? status.Since : expiry,
        Cause = new(FeatureClientFaultKind.Expired, Describe(status, expiry), expiry, status.Cause?.HttpStatus),
    };

    private static string Describe(FeatureClientStatus status, DateTimeOffset expiry)
    {
        var expired = FormattableString.Invariant($"Snapshot {status.SnapshotVersion} expired at {expiry:u} and still answers. Publish it again with a later 'expiresAt'.");
        return status.Cause is { } cause ? $"{expired} {cause.Message}" : expired;
    }
}

using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk.Status;

/// <summary>The state after the last step of the loop: immutable, and swapped as one.</summary>
internal sealed record ClientStanding(FeatureSnapshot Snapshot, FeatureClientState State, DateTimeOffset Since)
{
    public FeatureClientFault? Cause { get; init; }

    public DateTimeOffset? LastConfirmed { get; init; }

    /// <summary>The same moment by the monotonic clock.</summary>
    public long? ConfirmedAt { get; init; }

    /// <summary>The time at which the first rules not confirmed in this run came into force; null if the source's were the first.</summary>
    public DateTimeOffset? UnconfirmedSince { get; init; }

    public SnapshotControlState? Control { get; init; }

    public DateTimeOffset? DiskStalledSince { get; init; }

    public bool HasRules => Snapshot.Origin != SnapshotOrigin.None;

    /// <summary>Returns the state in which a kind of fault leaves unconfirmed rules.</summary>
    public static FeatureClientState StateAfter(FeatureClientFaultKind fault) =>
        fault is FeatureClientFaultKind.AccessDenied or FeatureClientFaultKind.InvalidSnapshot ? FeatureClientState.Failed : FeatureClientState.Stale;

    /// <summary>Returns the status at a moment: rules become stale, and expire, by the clock alone, whatever the loop is doing.</summary>
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
            DiskStalledSince = DiskStalledSince,
        };
        if (status.State == FeatureClientState.Ready && status.Age > maxStaleness)
            status = Overdue(status, now, maxStaleness.Value);
        return ExpiryAt(status, now) is { } expiry ? Expired(status, expiry) : status;
    }

    // The age is measured by the monotonic clock; the moment is taken from the system clock, which may have been set back.
    private static FeatureClientStatus Overdue(FeatureClientStatus status, DateTimeOffset now, TimeSpan maxStaleness)
    {
        var since = status.LastConfirmed + maxStaleness is { } exceeded && exceeded < now ? exceeded : now;
        var cause = status.Cause ?? new(FeatureClientFaultKind.Unconfirmed, Describe(status, maxStaleness), since);
        return status with { State = StateAfter(cause.Kind), Since = since, Cause = cause };
    }

    private static string Describe(FeatureClientStatus status, TimeSpan maxStaleness) =>
        $"Source '{status.Source}' has not confirmed version {status.SnapshotVersion} for longer than {maxStaleness} (MaxStaleness), although no attempt failed: one hangs, or the source is read too seldom. Make sure that it answers in time.";

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
        var expired = status.Control?.Hold is { } hold
            ? FormattableString.Invariant($"Snapshot {status.SnapshotVersion}, which {DiagnosticCatalog.Quote(hold.By)} holds, expired at {expiry:u} and still answers: a hold outranks an expiry. Release it to follow the source.")
            : FormattableString.Invariant($"Snapshot {status.SnapshotVersion} expired at {expiry:u} and still answers. Publish it again with a later 'expiresAt'.");
        return status.Cause is { } cause ? $"{expired} {cause.Message}" : expired;
    }
}

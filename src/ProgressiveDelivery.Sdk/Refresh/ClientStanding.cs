using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk.Refresh;

/// <summary>What the last step of the loop left behind: immutable, and swapped as one.</summary>
internal sealed record ClientStanding(FeatureSnapshot Snapshot, FeatureClientState State, DateTimeOffset Since)
{
    public FeatureClientFault? Cause { get; init; }

    public DateTimeOffset? LastConfirmed { get; init; }

    public bool HasRules => Snapshot.Origin != SnapshotOrigin.None;

    /// <summary>The status at a moment: rules expire by the clock alone, whatever the loop is doing.</summary>
    public FeatureClientStatus At(DateTimeOffset now, string source)
    {
        var status = new FeatureClientStatus
        {
            State = State,
            Since = Since,
            Cause = Cause,
            SnapshotVersion = Snapshot.Version,
            Origin = Snapshot.Origin,
            Source = source,
            LastConfirmed = LastConfirmed,
            Age = Snapshot.Age,
        };
        return ExpiryAt(now) is { } expiry ? Expired(status, expiry) : status;
    }

    private DateTimeOffset? ExpiryAt(DateTimeOffset now) =>
        State is FeatureClientState.Ready or FeatureClientState.Stale && Snapshot.Rules.ExpiresAt is { } expiry && expiry <= now ? expiry : null;

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

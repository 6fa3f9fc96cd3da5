using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk;

/// <summary>A change of the rules in force.</summary>
/// <param name="Previous">The rules before; null when a handler is told the state at its subscription.</param>
/// <param name="Current">The rules now; answers already come from them.</param>
public sealed record SnapshotChange(IFeatureSnapshot? Previous, IFeatureSnapshot Current)
{
    private IReadOnlySet<string>? _changedFlags;

    /// <summary>The version before; 0 when there was none.</summary>
    public long PreviousVersion => Previous?.Version ?? 0;

    /// <summary>The version now.</summary>
    public long CurrentVersion => Current.Version;

    /// <summary>
    /// The flags whose answers can differ: those defined otherwise, added, removed, killed or overridden, and all that depend on such a
    /// flag or on a segment, layer or holdout that changed, however far. Every flag where there is no <see cref="Previous"/>. Worked out
    /// when first read; empty for snapshots that are not this library's own, unless it is set.
    /// </summary>
    public IReadOnlySet<string> ChangedFlags
    {
        get => _changedFlags ??= SnapshotComparison.ChangedFlags(Previous as FeatureSnapshot, Current as FeatureSnapshot);
        init => _changedFlags = value;
    }

    /// <summary>Why they changed: of several changes told as one, and of the state told at a subscription, why the current rules came into force.</summary>
    public SnapshotChangeCause? Cause { get; init; }

    /// <summary>Whether the other change is between the same snapshots.</summary>
    public bool Equals(SnapshotChange? other) => other is not null && Equals(Previous, other.Previous) && Equals(Current, other.Current);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Previous, Current);

    /// <summary>The versions.</summary>
    public override string ToString() => FormattableString.Invariant($"Version {PreviousVersion} to {CurrentVersion}");
}

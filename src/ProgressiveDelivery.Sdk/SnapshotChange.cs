namespace ProgressiveDelivery.Sdk;

/// <summary>A change of the rules in force.</summary>
public sealed record SnapshotChange
{
    private static readonly IReadOnlySet<string> None = new HashSet<string>();

    private IReadOnlySet<string>? _changedFlags;

    /// <summary>Sets the required members.</summary>
    /// <param name="previous">The <see cref="Previous"/>.</param>
    /// <param name="current">The <see cref="Current"/>.</param>
    public SnapshotChange(IFeatureSnapshot? previous, IFeatureSnapshot current) =>
        (Previous, Current) = (previous, current);

    /// <summary>The rules before; null for the call with the state at a subscription.</summary>
    public IFeatureSnapshot? Previous { get; init; }

    /// <summary>The rules now; answers already come from them.</summary>
    public IFeatureSnapshot Current { get; init; }

    /// <summary>The version before; 0 when there was none.</summary>
    public long PreviousVersion => Previous?.Version ?? 0;

    /// <summary>The version now.</summary>
    public long CurrentVersion => Current.Version;

    /// <summary>
    /// The flags whose answers can differ: those redefined, added, removed, killed or overridden, and all that depend, directly or not,
    /// on such a flag or on a changed segment, layer or holdout. Every flag if there is no <see cref="Previous"/>. Computed when first
    /// read; empty for snapshots that are not this library's own, unless it is set.
    /// </summary>
    public IReadOnlySet<string> ChangedFlags
    {
        get => _changedFlags ??= (Current as Provenance)?.ChangedFlags(Previous as Provenance) ?? None;
        init => _changedFlags = value;
    }

    /// <summary>The cause of the change. For several changes reported as one, and for the state at a subscription, the cause of the current rules.</summary>
    public SnapshotChangeCause? Cause { get; init; }

    /// <summary>Returns whether the other change is between the same snapshots.</summary>
    public bool Equals(SnapshotChange? other) => other is not null && Equals(Previous, other.Previous) && Equals(Current, other.Current);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Previous, Current);

    /// <summary>The versions.</summary>
    public override string ToString() => FormattableString.Invariant($"Version {PreviousVersion} to {CurrentVersion}");
}

namespace ProgressiveDelivery.Sdk.Snapshots;

/// <summary>Holds the root. Readers take it with one volatile read; the refresh loop is the only writer.</summary>
internal sealed class SnapshotStore(FeatureSnapshot initial)
{
    private FeatureSnapshot _current = initial;

    public FeatureSnapshot Current => Volatile.Read(ref _current);

    /// <summary>Puts <paramref name="next"/> in force for every call that starts from now on; returns what was in force.</summary>
    public FeatureSnapshot Publish(FeatureSnapshot next) => Interlocked.Exchange(ref _current, next);
}

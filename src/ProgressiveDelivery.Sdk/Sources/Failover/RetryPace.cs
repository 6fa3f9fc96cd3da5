namespace ProgressiveDelivery.Sdk.Sources.Failover;

/// <summary>
/// The pauses of a source after failures. After transient ones they grow, and start small again only after a minute without
/// failure. A source that answers and breaks off, again and again, is no sounder than one that never answers. After a denial they
/// are two and a half to five minutes, since people must act first.
/// </summary>
internal sealed class RetryPace(Random random, TimeProvider clock)
{
    private static readonly TimeSpan Healthy = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan AfterRefusal = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan MaxObeyed = TimeSpan.FromHours(1);

    private readonly FullJitter _transient = new(random);
    private long? _wellSince;

    /// <summary>Records that the source answered.</summary>
    public void Succeeded() => _wellSince ??= clock.GetTimestamp();

    public TimeSpan After(Exception failure)
    {
        if (_wellSince is { } since && clock.GetElapsedTime(since) >= Healthy) _transient.Reset();
        _wellSince = null;

        var fault = failure as SnapshotSourceException;
        var pause = fault?.Kind == FeatureClientFaultKind.AccessDenied ? AfterRefusal * (1 - (random.NextDouble() / 2)) : _transient.Next();
        return fault?.RetryAfter is { } asked && asked > TimeSpan.Zero ? Shorter(asked, MaxObeyed) + pause : pause;
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}

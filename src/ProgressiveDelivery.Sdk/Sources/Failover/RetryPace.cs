namespace ProgressiveDelivery.Sdk.Sources.Failover;

/// <summary>
/// How long a source is left alone after a failure. Transient ones: pauses that grow, and start small again only after a minute
/// without failure: a source that answers and breaks off, again and again, is no sounder than one that never answers. Refusals:
/// two and a half to five minutes, since people must act first.
/// </summary>
internal sealed class RetryPace(Random random, TimeProvider clock)
{
    private static readonly TimeSpan Healthy = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan AfterRefusal = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestObeyed = TimeSpan.FromHours(1);

    private readonly FullJitter _transient = new(random);
    private long? _wellSince;

    /// <summary>The source answered.</summary>
    public void Succeeded() => _wellSince ??= clock.GetTimestamp();

    public TimeSpan After(Exception failure)
    {
        if (_wellSince is { } since && clock.GetElapsedTime(since) >= Healthy) _transient.Reset();
        _wellSince = null;

        var fault = failure as SnapshotSourceException;
        var pause = fault?.Kind == FeatureClientFaultKind.Refused ? AfterRefusal * (1 - (random.NextDouble() / 2)) : _transient.Next();
        return fault?.RetryAfter is { } asked && asked > TimeSpan.Zero ? Shorter(asked, LongestObeyed) + pause : pause;
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}

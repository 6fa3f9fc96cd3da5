using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.Refresh;

/// <summary>
/// How long a source is left alone after a failure. Transient ones: any part of a ceiling that doubles from one second to a
/// minute, so that a fleet spreads out. Refusals: two and a half to five minutes, since people must act first.
/// </summary>
internal sealed class RetryPace(Random random)
{
    private const int DoublingsToCeiling = 6;
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Ceiling = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan AfterRefusal = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestObeyed = TimeSpan.FromHours(1);

    private int _failures;

    /// <summary>The source answered: the next failure is a first one again.</summary>
    public void Reset() => _failures = 0;

    public TimeSpan After(Exception failure)
    {
        var fault = failure as SnapshotSourceException;
        var pause = fault?.Kind == FeatureClientFaultKind.Refused ? AfterRefusal * (1 - (random.NextDouble() / 2)) : Transient();
        return fault?.RetryAfter is { } asked && asked > TimeSpan.Zero ? Shorter(asked, LongestObeyed) + pause : pause;
    }

    private TimeSpan Transient()
    {
        var ceiling = Shorter(First * (1 << Math.Min(_failures, DoublingsToCeiling)), Ceiling);
        _failures++;
        return ceiling * random.NextDouble();
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}

using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <summary>How one client behaves. Read once, when the client is made.</summary>
public sealed class ProgressiveDeliveryOptions
{
    /// <summary>
    /// How long a starting host, and <see cref="IFeatureClient.WaitUntilReadyAsync"/> without a time of its own, wait for rules;
    /// 10 seconds by default, 0 to an hour. Then the start goes on, and callers get their fallbacks until rules arrive.
    /// </summary>
    public TimeSpan InitialisationTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Whether a host fails to start when no rules could be loaded within <see cref="InitialisationTimeout"/>, from the source or
    /// any local fallback. False by default: it starts, and callers get their fallbacks.
    /// </summary>
    public bool FailFast { get; set; }

    /// <summary>
    /// Whether asking a flag that the loaded snapshot does not have throws <see cref="UnknownFlagException"/>; meant for tests and
    /// development. False by default: the caller's fallback is answered, with one warning for each key.
    /// </summary>
    public bool Strict { get; set; }

    /// <summary>
    /// The share of malformed flags, 0 to 1, up to which a snapshot is accepted with those flags quarantined; above it, it is refused
    /// as a whole. 0.25 by default.
    /// </summary>
    public double QuarantineShare { get; set; } = 0.25;

    /// <summary>
    /// How long the rules may answer without the source confirming that they are current: above 0, to 30 days; null, the default, where
    /// no such objective is declared. With it, a failed attempt alone leaves the client <see cref="FeatureClientState.Ready"/>, and it
    /// is <see cref="FeatureClientState.Stale"/> from the moment that this time is exceeded. Give it a few polling intervals.
    /// </summary>
    public TimeSpan? MaxStaleness { get; set; }

    /// <summary>
    /// How many accepted snapshots are kept in memory, compiled, to step back to; 10 by default, 1 to 100. Each costs the memory of
    /// its rules, less what patches left as it was.
    /// </summary>
    public int HistoryLength { get; set; } = 10;

    /// <summary>
    /// From one report of usage to the next, where somebody is told: a backend that wants to hear of it, or a reporter of your own;
    /// one minute by default, 1 second to a day. Each wait is up to 10 % shorter or longer.
    /// </summary>
    public TimeSpan UsageInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How large a snapshot may be, wherever it comes from.</summary>
    public SnapshotLimits Limits { get; } = new();
}

using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <summary>The options of one client. Read once, when the client is made.</summary>
public sealed class ProgressiveDeliveryOptions
{
    /// <summary>
    /// The time for which a starting host, and <see cref="IFeatureClient.WaitUntilReadyAsync"/> without a time of its own, wait for
    /// rules; 10 seconds by default, 0 to an hour. Then the start goes on, and callers get their fallbacks until rules arrive. A wait
    /// ends early when every source has failed in a way that retries alone do not fix.
    /// </summary>
    public TimeSpan InitializationTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Indicates whether a host fails to start when no rules could be loaded within <see cref="InitializationTimeout"/>, from the source
    /// or any local fallback; at once where waiting is pointless. False by default: it starts, and callers get their fallbacks.
    /// </summary>
    public bool FailFast { get; set; }

    /// <summary>
    /// Indicates whether evaluating a flag that the loaded snapshot does not have throws <see cref="UnknownFlagException"/>; meant for
    /// tests and development. False by default: the caller gets its fallback, with one warning for each key.
    /// </summary>
    public bool ThrowOnUnknownFlag { get; set; }

    /// <summary>
    /// Indicates whether contexts and scopes may force variants (<see cref="EvaluationContext.WithForcedVariant"/>, <see cref="IFeatureScope.ForceVariant"/>). Null, the default: outside of
    /// the Production environment alone. An application without a host has no environment, and counts as Production.
    /// </summary>
    public bool? AllowForcedVariants { get; set; }

    /// <summary>
    /// The share of malformed flags, 0 to 1, up to which a snapshot is accepted with those flags quarantined; above it, it is rejected
    /// as a whole. A single malformed flag among sound ones is quarantined even where there are few of them, unless the share is 0. 0.25 by default.
    /// </summary>
    public double MaxQuarantinedShare { get; set; } = 0.25;

    /// <summary>
    /// The time for which rules may answer without the source confirming that they are current: above 0, to 30 days; null, the default,
    /// for no limit. With it, a failed attempt alone leaves the client <see cref="FeatureClientState.Ready"/>. The client becomes
    /// <see cref="FeatureClientState.Stale"/> once this time is exceeded. Give it a few polling intervals.
    /// </summary>
    public TimeSpan? MaxStaleness { get; set; }

    /// <summary>
    /// The number of accepted snapshots kept in memory, compiled, to step back to; 10 by default, 1 to 100. Each costs the memory of
    /// its rules, less the parts that patches left unchanged.
    /// </summary>
    public int HistoryLength { get; set; } = 10;

    /// <summary>
    /// The interval between reports of usage, to a backend that takes them or to a reporter of your own; one minute by default,
    /// 1 second to a day. Each wait is up to 10 % shorter or longer.
    /// </summary>
    public TimeSpan UsageInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The limits on the size of a snapshot, wherever it comes from.</summary>
    public SnapshotLimits Limits { get; } = new();
}

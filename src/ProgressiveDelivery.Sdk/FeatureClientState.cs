namespace ProgressiveDelivery.Sdk;

/// <summary>The state of a client, by how current its rules are.</summary>
public enum FeatureClientState
{
    /// <summary>Nothing has been loaded, for whatever reason: callers' fallbacks answer.</summary>
    NotReady = 0,

    /// <summary>The rules were confirmed current: by the last attempt, or, where <c>MaxStaleness</c> is declared, no longer ago than that.</summary>
    Ready,

    /// <summary>
    /// There are rules, but they have expired, or no attempt has confirmed them yet, or the last one could not. If <c>MaxStaleness</c>
    /// is declared, a failed attempt counts only once none has confirmed them for longer than that.
    /// </summary>
    Stale,

    /// <summary>There are rules, but the source denies access, does not know the address, or sends rejected snapshots: people must act.</summary>
    Failed,

    /// <summary>The client has been disposed.</summary>
    Closed,
}

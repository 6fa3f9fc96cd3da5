namespace ProgressiveDelivery.Sdk;

/// <summary>How current a client's rules are.</summary>
public enum FeatureClientState
{
    /// <summary>Nothing has been loaded, for whatever reason: callers' fallbacks answer.</summary>
    NotReady = 0,

    /// <summary>The rules were confirmed current: by the last attempt, or, where <c>MaxStaleness</c> is declared, no longer ago than that.</summary>
    Ready,

    /// <summary>
    /// There are rules, but no attempt has confirmed yet that they are current, or the last one could not (where <c>MaxStaleness</c> is
    /// declared: none has for longer than that), or they have expired.
    /// </summary>
    Stale,

    /// <summary>There are rules, but the source refuses us (credentials, address) or sends what is not accepted: people must act.</summary>
    Failed,

    /// <summary>The client has been disposed.</summary>
    Closed,
}

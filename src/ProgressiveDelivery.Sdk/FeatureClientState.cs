namespace ProgressiveDelivery.Sdk;

/// <summary>How current a client's rules are.</summary>
public enum FeatureClientState
{
    /// <summary>Nothing has been loaded: callers' fallbacks answer.</summary>
    NotReady = 0,

    /// <summary>The rules were confirmed current by the last attempt.</summary>
    Ready,

    /// <summary>There are rules, but the last attempt could not confirm that they are current, or they have expired.</summary>
    Stale,

    /// <summary>The source refuses us (authentication) or sends what we cannot read; it is retried slowly.</summary>
    Failed,

    /// <summary>The client has been disposed.</summary>
    Closed,
}

namespace ProgressiveDelivery.Sdk.Refresh;

/// <summary>A use of a client that starts it if it was not started before.</summary>
internal enum ClientUse
{
    /// <summary>A flag was evaluated, and answered with the caller's fallback.</summary>
    Question,

    /// <summary>A handler subscribed to changes.</summary>
    Subscription,
}

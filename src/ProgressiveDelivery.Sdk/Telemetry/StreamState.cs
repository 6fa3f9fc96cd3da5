namespace ProgressiveDelivery.Sdk.Telemetry;

/// <summary>The state of a source's stream, as the last read showed it.</summary>
internal enum StreamState
{
    /// <summary>It is not read: another source is in use, or the client has not started or has ended.</summary>
    Closed,

    /// <summary>It is being opened, for the first time or again.</summary>
    Reconnecting,

    /// <summary>The last read brought an event or a heartbeat.</summary>
    Open,
}

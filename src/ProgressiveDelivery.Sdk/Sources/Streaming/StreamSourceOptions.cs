using ProgressiveDelivery.Sdk.Sources.Http;

namespace ProgressiveDelivery.Sdk.Sources.Streaming;

/// <summary>How a snapshot is streamed over server-sent events.</summary>
public class StreamSourceOptions : HttpEndpointOptions
{
    /// <summary>
    /// How long the stream may be silent until it counts as dead and is opened anew; 45 seconds by default, an hour at most. A
    /// <c>snapshot</c>, <c>patch</c>, <c>kill</c> or <c>heartbeat</c> ends the silence once it is there in full; a comment does not,
    /// nor a heartbeat before the first snapshot. Give three times the interval of the backend's heartbeats.
    /// </summary>
    public TimeSpan HeartbeatTimeout { get; set; } = TimeSpan.FromSeconds(45);

    /// <summary>Whether the backend's heartbeats are comments between events, which then end the silence and confirm what was read; false, as in our own format.</summary>
    protected internal virtual bool CommentsAreHeartbeats => false;
}

using ProgressiveDelivery.Sdk.Sources.Http;

namespace ProgressiveDelivery.Sdk.Sources.Streaming;

/// <summary>The options of streaming a snapshot over server-sent events.</summary>
public class StreamSourceOptions : HttpEndpointOptions
{
    /// <summary>
    /// The silence after which the stream counts as dead and is opened anew; 45 seconds by default, an hour at most. A
    /// <c>snapshot</c>, <c>patch</c>, <c>kill</c> or <c>heartbeat</c> ends the silence once it is there in full. A comment, or a
    /// heartbeat before the first snapshot, does not. Give three times the interval of the backend's heartbeats.
    /// </summary>
    public TimeSpan HeartbeatTimeout { get; set; } = TimeSpan.FromSeconds(45);
}

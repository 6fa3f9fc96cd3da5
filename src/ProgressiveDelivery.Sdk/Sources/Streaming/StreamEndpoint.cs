using ProgressiveDelivery.Sdk.Sources.Http;

namespace ProgressiveDelivery.Sdk.Sources.Streaming;

/// <summary>The endpoint whose stream one source follows.</summary>
internal sealed class StreamEndpoint(HttpEndpointOptions options) : HttpEndpoint(options)
{
    /// <summary>Returns the silence after which the stream counts as dead.</summary>
    public required Func<TimeSpan> HeartbeatTimeout { get; init; }

    /// <summary>Indicates whether comments between events end the silence and confirm the rules.</summary>
    public bool CommentsAreHeartbeats { get; init; }
}

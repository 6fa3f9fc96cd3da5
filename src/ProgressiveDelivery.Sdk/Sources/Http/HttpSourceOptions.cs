using System.Net.Http.Headers;

namespace ProgressiveDelivery.Sdk.Sources.Http;

/// <summary>How a snapshot is polled over HTTP.</summary>
public class HttpSourceOptions : HttpEndpointOptions
{
    /// <summary>
    /// The time from one poll to the next; 30 seconds by default, 1 second at least, a day at most. Each wait is up to 10 %
    /// shorter or longer, and the first is cut at random, so that a fleet that starts together does not poll together.
    /// </summary>
    public TimeSpan PollingInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the body may take after the headers; 60 seconds by default, an hour at most.</summary>
    public TimeSpan BodyTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Another address that a document sends its readers to, from where it is read again at once, three times at most, and then always;
    /// null, as by default: it sends nobody anywhere. Must not throw.
    /// </summary>
    /// <param name="document">The document's bytes; not to be kept.</param>
    /// <param name="endpoint">The address that it was read from.</param>
    protected internal virtual Uri? NextEndpoint(ReadOnlyMemory<byte> document, Uri endpoint) => null;

    /// <summary>
    /// The address of a stream of server-sent events that tell of changes, which are then polled within a second; null, as by default: there is none. Polls go on
    /// beside it, so that nothing is lost while it cannot be read. Must not throw.
    /// </summary>
    /// <param name="headers">The headers of the last answer.</param>
    protected internal virtual Uri? ChangesEndpoint(HttpResponseHeaders headers) => null;

    /// <summary>Whether an event of that stream tells of a change; true by default.</summary>
    /// <param name="eventType">The event's type; <c>message</c> where it has none.</param>
    protected internal virtual bool TellsOfChange(string eventType) => true;
}

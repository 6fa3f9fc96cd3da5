using System.Net.ServerSentEvents;
using ProgressiveDelivery.Sdk.Sources.Http;

namespace ProgressiveDelivery.Sdk.Sources.Streaming;

/// <summary>A response that goes on, as events.</summary>
internal sealed class EventConnection : IDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly BoundedEventStream _bytes;
    private readonly SseParser<byte[]> _parser;
    private readonly IAsyncEnumerator<SseItem<byte[]>> _events;

    private EventConnection(HttpResponseMessage response, bool isResumed, BoundedEventStream bytes)
    {
        (_response, IsResumed) = (response, isResumed);
        _bytes = bytes;
        _parser = SseParser.Create(bytes, static (type, data) => StreamEvent.HasData(type) ? data.ToArray() : []);
        _events = _parser.EnumerateAsync().GetAsyncEnumerator();
    }

    /// <summary>Whether it was asked to go on where another one broke off.</summary>
    public bool IsResumed { get; }

    /// <summary>How long the backend asks to be left alone once the stream has ended; null: it did not say.</summary>
    public TimeSpan? RetryAfter => _parser.ReconnectionInterval is var interval && interval > TimeSpan.Zero ? interval : null;

    public static async ValueTask<EventConnection> OpenAsync(
        HttpResponseMessage response, bool isResumed, int maximumBytes, HttpFaults faults, CancellationToken cancellationToken)
    {
        var sent = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var decoded = BodyEncoding.Open(sent, response.Content.Headers.NonValidated, faults);
        return new(response, isResumed, new(decoded, maximumBytes, faults));
    }

    /// <summary>The next event; null when the stream has ended.</summary>
    public async ValueTask<StreamEvent?> NextAsync(CancellationToken cancellationToken)
    {
        _bytes.Patience = cancellationToken;
        if (!await _events.MoveNextAsync().ConfigureAwait(false)) return null;

        var (type, data) = (_events.Current.EventType, _events.Current.Data);
        _bytes.Finish(data.Length);
        return new(type, data, _parser.LastEventId);
    }

    /// <summary>Hangs up. A wait for an event that is under way ends with an exception.</summary>
    public void Dispose()
    {
        _response.Dispose();
        _bytes.Dispose();
    }
}

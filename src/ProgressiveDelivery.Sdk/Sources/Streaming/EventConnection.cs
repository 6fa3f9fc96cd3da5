using System.Net.ServerSentEvents;
using ProgressiveDelivery.Sdk.Sources.Http;

namespace ProgressiveDelivery.Sdk.Sources.Streaming;

/// <summary>An open response, read as events.</summary>
internal sealed class EventConnection : IDisposable
{
    public const string MediaType = "text/event-stream";

    private readonly HttpResponseMessage _response;
    private readonly BoundedEventStream _bytes;
    private readonly SseParser<byte[]> _parser;
    private readonly IAsyncEnumerator<SseItem<byte[]>> _events;

    private readonly bool _hasComments;
    private Task<bool>? _moving;

    private EventConnection(HttpResponseMessage response, bool isResumed, BoundedEventStream bytes, EventReading reading)
    {
        _hasComments = reading.HasComments;
        (_response, IsResumed) = (response, isResumed);
        _bytes = bytes;
        _parser = SseParser.Create(bytes, (type, data) => reading.Reads(type) ? data.ToArray() : []);
        _events = _parser.EnumerateAsync().GetAsyncEnumerator();
    }

    /// <summary>Indicates whether it was requested to resume where another one broke off.</summary>
    public bool IsResumed { get; }

    /// <summary>The pause that the backend requests once the stream has ended; null if it requests none.</summary>
    public TimeSpan? RetryAfter => _parser.ReconnectionInterval is var interval && interval > TimeSpan.Zero ? interval : null;

    /// <summary>Returns whether a response is a stream of events.</summary>
    public static bool IsStream(HttpResponseMessage response) =>
        string.Equals(response.Content.Headers.ContentType?.MediaType, MediaType, StringComparison.OrdinalIgnoreCase);

    public static async ValueTask<EventConnection> OpenAsync(
        HttpResponseMessage response, bool isResumed, EventReading reading, HttpFaults faults, CancellationToken cancellationToken)
    {
        var sent = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var decoded = reading.IsDecoded ? sent : BodyEncoding.Open(sent, response.Content.Headers.NonValidated, faults);
        return new(response, isResumed, new(decoded, reading.MaxBytes, reading.HasComments, faults), reading);
    }

    /// <summary>Returns the next event; null if the stream has ended.</summary>
    public async ValueTask<StreamEvent?> NextAsync(CancellationToken cancellationToken)
    {
        _bytes.Patience = cancellationToken;
        if (_hasComments && await IsCommentNextAsync(cancellationToken).ConfigureAwait(false)) return StreamEvent.Comment;
        if (!await MoveAsync().ConfigureAwait(false)) return null;

        _moving = null;
        if (_hasComments) _bytes.TakeComment();     // a comment before the event does not count for the time after it
        var (type, data) = (_events.Current.EventType, _events.Current.Data);
        _bytes.Finish(data.Length);
        return new(type, data, _parser.LastEventId);
    }

    private async ValueTask<bool> MoveAsync() =>
        _moving is null ? await _events.MoveNextAsync().ConfigureAwait(false) : await _moving.ConfigureAwait(false);

    // The wait for the event goes on while comments come, and may outlive its caller.
    private async ValueTask<bool> IsCommentNextAsync(CancellationToken cancellationToken)
    {
        if (_moving is null)
        {
            _moving = _events.MoveNextAsync().AsTask();
            _ = _moving.ContinueWith(static late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }

        await Task.WhenAny(_moving, _bytes.Comment).WaitAsync(cancellationToken).ConfigureAwait(false);
        return !_moving.IsCompleted && _bytes.TakeComment();
    }

    /// <summary>Closes the connection. A pending wait for an event ends with an exception.</summary>
    public void Dispose()
    {
        _response.Dispose();
        _bytes.Dispose();
    }
}

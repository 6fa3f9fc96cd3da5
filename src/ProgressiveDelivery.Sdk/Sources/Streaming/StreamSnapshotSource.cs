using System.Net;
using System.Text.Json;
using Polly;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Sources.Http;

namespace ProgressiveDelivery.Sdk.Sources.Streaming;

/// <summary>
/// Follows one address as a stream of events. Its place in the stream advances only when a reading is acknowledged. If a reading
/// could not be applied, it closes the connection and requests the whole.
/// </summary>
internal sealed class StreamSnapshotSource : IPatchingSource, IStreamingSource, IDescribedSource
{
    private readonly StreamEndpoint _endpoint;
    private readonly IEventTranslator _events;
    private readonly HttpFaults _faults;
    private readonly HttpRequests _requests;
    private readonly AttemptPipeline _attempts;
    private readonly FullJitter _pace;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _closing = new();
    private EventConnection? _connection;
    private (SnapshotReading Reading, string? Id)? _offered;
    private string? _lastEventId;
    private bool _isInStep;

    public StreamSnapshotSource(
        StreamEndpoint endpoint, ISnapshotFormat format, IEventTranslator events, IHttpClientFactory clients, TimeProvider time, Random random)
    {
        var options = endpoint.Options;
        _events = events;
        Name = options.DisplayName;
        Format = format;
        _endpoint = endpoint;
        _faults = new(Name, options.StopOnStatus, endpoint.Credentials);
        _requests = new(endpoint, _faults, clients, time);
        _attempts = new(options, ResiliencePipeline.Empty, options.AttemptTimeout, _faults, time);
        _pace = new(random);
        _time = time;
    }

    public string Name { get; }

    public string Kind => "event stream";

    public ISnapshotFormat Format { get; }

    public async ValueTask<SnapshotReading> ReadAsync(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closing.Token);
        try
        {
            if (_offered is not null) StartOver();
            if (_connection is null) await ConnectAsync(either.Token).ConfigureAwait(false);
            return await _requests.WithinAsync(_endpoint.HeartbeatTimeout(), "send an event", NextAsync, either.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            HangUp();
            // Unreadable data would only come again.
            if (e is SnapshotSourceException { Kind: FeatureClientFaultKind.InvalidSnapshot }) _lastEventId = null;
            if (e is SnapshotSourceException || either.IsCancellationRequested) throw;
            throw _faults.Unexpected(e);
        }
    }

    public void Acknowledge(SnapshotReading reading)
    {
        if (_offered is not { } offered || !ReferenceEquals(offered.Reading, reading)) return;

        _offered = null;
        _pace.Reset();
        // A kill does not confirm the rules: a reader without them must not resume after them.
        _isInStep |= reading.Kill is null;
        if (_isInStep) _lastEventId = offered.Id;
    }

    /// <summary>Completes at once, since reading waits; but pauses if the last reading could not be applied, and would only repeat.</summary>
    public async ValueTask WaitForChangeAsync(CancellationToken cancellationToken)
    {
        if (_offered is null) return;

        StartOver();
        await Task.Delay(_pace.Next(), _time, cancellationToken).ConfigureAwait(false);
    }

    public void StartOver()
    {
        _offered = null;
        _lastEventId = null;
        HangUp();
    }

    /// <summary>Closes the connection. A pending read, and any later one, ends with an exception.</summary>
    public void Dispose()
    {
        _closing.Cancel();
        HangUp();
    }

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        _connection = await _attempts.RunAsync(OpenAsync, cancellationToken).ConfigureAwait(false);
        _isInStep = _connection.IsResumed;
        _events.Begin(_connection.IsResumed);
    }

    private async Task<EventConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var place = _lastEventId;
        var response = await _requests.SendAsync(_endpoint.Address(), EventConnection.MediaType, ("Last-Event-ID", place), isElsewhere: false, cancellationToken).ConfigureAwait(false);
        try
        {
            Check(response);
            return await EventConnection.OpenAsync(response, isResumed: place is not null, Reading(), _faults, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private void Check(HttpResponseMessage response)
    {
        if (response.StatusCode != HttpStatusCode.OK)
        {
            // The backend may have rejected the place in the stream.
            if (response.StatusCode is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError and not HttpStatusCode.TooManyRequests)
                _lastEventId = null;
            throw _faults.Status(response, _time.GetUtcNow());
        }

        var type = response.Content.Headers.ContentType?.MediaType;
        if (BodyShape.IsPage(type))
            throw _faults.NotASnapshot("a web page in place of a stream", "It looks like a captive portal or proxy page; check the network and the address.");
        if (!EventConnection.IsStream(response))
            throw _faults.NotASnapshot($"content of type '{type}' in place of a stream", "Check the address, or poll it.");
    }

    private async Task<SnapshotReading> NextAsync(CancellationToken cancellationToken)
    {
        while (await _connection!.NextAsync(cancellationToken).ConfigureAwait(false) is { } next)
        {
            if (Read(next) is { } reading) return reading;
        }

        throw _faults.Ended(_connection.RetryAfter);
    }

    private EventReading Reading() => new(_endpoint.MaxBytes, _events.Reads, _endpoint.CommentsAreHeartbeats, _endpoint.Options.IsInBrowser);

    private SnapshotReading? Read(StreamEvent next)
    {
        var reading = next.IsComment ? SnapshotReading.Current : Translate(next);
        // Before the rules, a heartbeat only shows that the backend is alive.
        if (reading == SnapshotReading.Current) return _isInStep ? reading : null;
        if (reading is not null) _offered = (reading, next.Id is { Length: > 0 } id && RequestHeaders.IsValue(id) ? id : null);
        return reading;
    }

    private SnapshotReading? Translate(StreamEvent next)
    {
        try
        {
            return _events.Translate(next.Type, next.Data, next.Id);
        }
        catch (JsonException e)
        {
            throw _faults.Unacceptable($"an event '{next.Type}' that is not what its type says ({JsonFault.Describe(e).TrimEnd('.')})", "Check the backend, or poll it.");
        }
        catch (Exception e) when (e is not SnapshotSourceException)
        {
            throw _faults.Unacceptable($"an event '{next.Type}' that cannot be read ({e.GetType().Name}: {e.Message.TrimEnd('.')})", "Check the backend, or poll it.");
        }
    }

    private void HangUp() => Interlocked.Exchange(ref _connection, null)?.Dispose();
}

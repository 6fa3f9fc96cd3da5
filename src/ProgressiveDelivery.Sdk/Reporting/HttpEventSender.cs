using System.IO.Compression;
using System.Net;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Sources.Http;

namespace ProgressiveDelivery.Sdk.Reporting;

/// <summary>
/// Posts a sink's batches to an HTTP endpoint, through the client's own HTTP client. Any status of 200 to 299 is a delivery, and the body is not read. Safe to use
/// from any thread.
/// </summary>
public sealed class HttpEventSender
{
    private readonly Uri _address;
    private readonly string? _credentials;
    private readonly HttpRequests _requests;
    private readonly TimeProvider _clock;

    /// <param name="endpoint">The endpoint.</param>
    /// <param name="credentials">The option that holds the credentials, for messages; null if these are Authorization and Headers.</param>
    /// <param name="clients">Makes the named HTTP client.</param>
    /// <param name="clock">Measures time limits.</param>
    internal HttpEventSender(HttpEndpointOptions endpoint, string? credentials, IHttpClientFactory clients, TimeProvider clock)
    {
        (_address, _credentials, _clock) = (endpoint.Address!, credentials, clock);
        Name = endpoint.DisplayName;
        _requests = new(new(endpoint), new(Name, what: "Endpoint"), clients, clock);
    }

    /// <summary>The endpoint's address for people, without its query.</summary>
    public string Name { get; }

    /// <summary>Posts a body once.</summary>
    /// <param name="body">The body.</param>
    /// <param name="mediaType">The body's media type: <c>application/json</c>.</param>
    /// <param name="compress">True to compress the body by gzip.</param>
    /// <param name="headers">Further headers of this request, such as the batch's id.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The date of the response by the server's clock; null if it sent none that can be read.</returns>
    /// <exception cref="EventSinkException">The body was not delivered; its kind follows from the status.</exception>
    public async ValueTask<DateTimeOffset?> PostAsync(
        ReadOnlyMemory<byte> body, string mediaType, bool compress, IReadOnlyList<KeyValuePair<string, string>> headers, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(mediaType);
        ArgumentNullException.ThrowIfNull(headers);
        try
        {
            using var content = Content(body, mediaType, compress);
            using var response = await _requests.PostAsync(_address, content, headers, cancellationToken).ConfigureAwait(false);
            return response.IsSuccessStatusCode ? response.Headers.Date : throw Fault(response);
        }
        catch (SnapshotSourceException fault)
        {
            throw new EventSinkException(fault.Message, fault)
            {
                Kind = fault.Kind == FeatureClientFaultKind.AccessDenied ? EventSinkFaultKind.AccessDenied : EventSinkFaultKind.Unavailable,
            };
        }
    }

    private EventSinkException Fault(HttpResponseMessage response)
    {
        var (kind, advice) = Meaning(response);
        return new($"Endpoint '{Name}' answered {(int)response.StatusCode} ({response.StatusCode}). {advice}")
        {
            Kind = kind,
            RetryAfter = RetryAfter.Of(response, _clock.GetUtcNow()),
        };
    }

    private (EventSinkFaultKind Kind, string Advice) Meaning(HttpResponseMessage response) => response.StatusCode switch
    {
        _ when response.RequestMessage?.Options.TryGetValue(RedirectHandler.Refusal, out var refusal) == true =>
            (EventSinkFaultKind.AccessDenied, $"The redirect was not followed: {refusal}. Give the address that you trust."),
        HttpStatusCode.RequestEntityTooLarge => (EventSinkFaultKind.TooLarge, "The batch is split."),
        HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity => (EventSinkFaultKind.Invalid, "The batch is dropped. Check what the endpoint expects."),
        HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.Conflict or HttpStatusCode.Locked or (HttpStatusCode)425 or >= HttpStatusCode.InternalServerError =>
            (EventSinkFaultKind.Unavailable, "It is tried again."),
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => (EventSinkFaultKind.AccessDenied, $"Check the credentials in {_credentials ?? "Authorization or Headers"}."),
        HttpStatusCode.ProxyAuthenticationRequired => (EventSinkFaultKind.AccessDenied, "Check the proxy's credentials at the named HTTP client."),
        _ => (EventSinkFaultKind.AccessDenied, "Check the address and the endpoint."),
    };

    private static ReadOnlyMemoryContent Content(ReadOnlyMemory<byte> body, string mediaType, bool compress)
    {
        var content = new ReadOnlyMemoryContent(compress ? Compressed(body.Span) : body);
        content.Headers.ContentType = new(mediaType);
        if (compress)
            content.Headers.ContentEncoding.Add("gzip");
        return content;
    }

    private static byte[] Compressed(ReadOnlySpan<byte> body)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
            gzip.Write(body);
        return compressed.ToArray();
    }
}

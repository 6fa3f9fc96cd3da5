using System.Net;
using ProgressiveDelivery.Sdk.Sources.Signing;

namespace ProgressiveDelivery.Sdk.Sources.Http;

/// <summary>One GET, bounded in time and size; throws <see cref="SnapshotSourceException"/> for whatever is wrong with it.</summary>
internal sealed class HttpExchange(HttpSourceOptions options, HttpFaults faults, IHttpClientFactory clients, TimeProvider time)
{
    private readonly HttpRequests _requests = new(options, faults, clients, time);

    public async ValueTask<HttpAnswer> GetAsync(Uri endpoint, string? etag, CancellationToken cancellationToken)
    {
        using var response = await _requests.SendAsync(endpoint, "application/json", ("If-None-Match", etag), cancellationToken).ConfigureAwait(false);

        var address = response.RequestMessage?.RequestUri ?? endpoint;
        if (response.StatusCode == HttpStatusCode.NotModified) return new(address, null, null, null, options.ChangesEndpoint(response.Headers));
        if (response.StatusCode != HttpStatusCode.OK) throw faults.Status(response, time.GetUtcNow());

        var body = await _requests.WithinAsync(
            options.BodyTimeout, "send the whole body", token => ReadAsync(response, token), cancellationToken).ConfigureAwait(false);
        return new(address, body, HeaderOf(response, "ETag"), SignatureOf(response), options.ChangesEndpoint(response.Headers));
    }

    private async Task<byte[]> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var reader = new BodyReader(options.MaximumBytes, faults);
        var body = await reader.ReadAsync(response.Content, cancellationToken).ConfigureAwait(false);
        BodyShape.Check(body, response.Content.Headers.ContentType?.MediaType, faults);
        return body;
    }

    private static SnapshotSignature? SignatureOf(HttpResponseMessage response) =>
        SnapshotSignature.TryParse(HeaderOf(response, SnapshotSignature.HeaderName), out var signature) ? signature : null;

    private static string? HeaderOf(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;
}

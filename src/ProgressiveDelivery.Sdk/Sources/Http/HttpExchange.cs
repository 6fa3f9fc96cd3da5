using System.Net;
using ProgressiveDelivery.Sdk.Sources.Signing;

namespace ProgressiveDelivery.Sdk.Sources.Http;

/// <summary>One GET, bounded in time and size; throws <see cref="SnapshotSourceException"/> for every fault.</summary>
internal sealed class HttpExchange(PolledEndpoint source, HttpFaults faults, IHttpClientFactory clients, TimeProvider time)
{
    private readonly HttpRequests _requests = new(source, faults, clients, time);

    public async ValueTask<HttpAnswer> GetAsync(Uri endpoint, string? etag, CancellationToken cancellationToken)
    {
        using var response = await _requests.SendAsync(endpoint, "application/json", ("If-None-Match", etag), isElsewhere: !Origin.IsSame(endpoint, source.Address()), cancellationToken).ConfigureAwait(false);

        var address = response.RequestMessage?.RequestUri ?? endpoint;
        if (response.StatusCode == HttpStatusCode.NotModified) return new(address, null, null, null, source.ChangesAddress(response.Headers));
        if (response.StatusCode != HttpStatusCode.OK) throw faults.Status(response, time.GetUtcNow());

        var body = await _requests.WithinAsync(
            source.Polling.BodyTimeout, "send the whole body", token => ReadAsync(response, token), cancellationToken).ConfigureAwait(false);
        return new(address, body, HeaderOf(response, "ETag"), SignatureOf(response), source.ChangesAddress(response.Headers));
    }

    private async Task<byte[]> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var reader = new BodyReader(source, faults);
        var body = await reader.ReadAsync(response.Content, cancellationToken).ConfigureAwait(false);
        BodyShape.Check(body, response.Content.Headers.ContentType?.MediaType, faults);
        return body;
    }

    private static SnapshotSignature? SignatureOf(HttpResponseMessage response) =>
        SnapshotSignature.TryParse(HeaderOf(response, SnapshotSignature.HeaderName), out var signature) ? signature : null;

    private static string? HeaderOf(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;
}

namespace ProgressiveDelivery.Sdk.Sources.Http;

/// <summary>
/// Posts JSON to a backend as its rules are requested: through the same named client, with the same headers and time limit. Safe
/// to use from any thread.
/// </summary>
public sealed class HttpReportSender
{
    private readonly HttpEndpoint _endpoint;
    private readonly IHttpClientFactory _clients;
    private readonly TimeProvider _clock;

    internal HttpReportSender(HttpEndpoint endpoint, IHttpClientFactory clients, TimeProvider clock) =>
        (_endpoint, _clients, _clock) = (endpoint, clients, clock);

    /// <summary>Posts once; any status of 200 to 299 is a success, and the body is not read.</summary>
    /// <param name="endpoint">The full address. Messages show it without its query.</param>
    /// <param name="json">The body, UTF-8.</param>
    /// <param name="headers">Further headers of this request.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="SnapshotSourceException">The report could not be sent, or was not accepted.</exception>
    public async ValueTask SendAsync(Uri endpoint, ReadOnlyMemory<byte> json, IReadOnlyList<KeyValuePair<string, string>> headers, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(headers);
        var faults = new HttpFaults(endpoint.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped), credentials: _endpoint.Credentials);
        var requests = new HttpRequests(_endpoint, faults, _clients, _clock);
        using var response = await requests.PostAsync(endpoint, json, headers, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
            throw faults.Status(response, _clock.GetUtcNow());
    }
}

namespace ProgressiveDelivery.Sdk.Sources.Http;

/// <summary>
/// Posts JSON to a backend as its rules are asked for: through the same named client, with the same headers, within the same time. Safe
/// to use from any thread.
/// </summary>
public sealed class HttpReportSender
{
    private readonly HttpEndpointOptions _options;
    private readonly IHttpClientFactory _clients;
    private readonly TimeProvider _clock;

    internal HttpReportSender(HttpEndpointOptions options, IHttpClientFactory clients, TimeProvider clock) =>
        (_options, _clients, _clock) = (options, clients, clock);

    /// <summary>Posts once; any answer of 200 to 299 will do, and its body is not read.</summary>
    /// <param name="endpoint">The full address. People are shown it without its query.</param>
    /// <param name="json">The body, UTF-8.</param>
    /// <param name="headers">Further headers of this one.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="SnapshotSourceException">It could not be sent, or was not accepted.</exception>
    public async ValueTask SendAsync(Uri endpoint, ReadOnlyMemory<byte> json, IReadOnlyList<KeyValuePair<string, string>> headers, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(headers);
        var faults = new HttpFaults(endpoint.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped));
        var requests = new HttpRequests(_options, faults, _clients, _clock);
        using var response = await requests.PostAsync(endpoint, json, headers, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
            throw faults.Status(response, _clock.GetUtcNow());
    }
}

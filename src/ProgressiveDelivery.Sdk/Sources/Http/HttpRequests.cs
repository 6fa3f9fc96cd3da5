namespace ProgressiveDelivery.Sdk.Sources.Http;

/// <summary>Sends requests to one endpoint; throws <see cref="SnapshotSourceException"/> for whatever is wrong on the way.</summary>
internal sealed class HttpRequests(HttpEndpointOptions options, HttpFaults faults, IHttpClientFactory clients, TimeProvider time)
{
    /// <summary>Gets a response whose headers are there, and whose body is not.</summary>
    /// <param name="endpoint">The address.</param>
    /// <param name="accept">The media type wanted.</param>
    /// <param name="condition">A header that tells what is known already; left out where its value is null.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public Task<HttpResponseMessage> SendAsync(Uri endpoint, string accept, (string Name, string? Value) condition, CancellationToken cancellationToken) =>
        WithinAsync(options.AttemptTimeout, "send the response's headers", token => OpenAsync(endpoint, accept, condition, token), cancellationToken);

    /// <summary>Posts JSON, and gets a response whose headers are there.</summary>
    public Task<HttpResponseMessage> PostAsync(Uri endpoint, ReadOnlyMemory<byte> json, IReadOnlyList<KeyValuePair<string, string>> headers, CancellationToken cancellationToken) =>
        WithinAsync(options.AttemptTimeout, "send the response's headers", token => OpenAsync(endpoint, json, headers, token), cancellationToken);

    /// <summary>Takes a step that must be over within a limit.</summary>
    public async Task<T> WithinAsync<T>(
        TimeSpan limit, string task, Func<CancellationToken, Task<T>> step, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            return await step(either.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw faults.Timeout(task, limit, e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw faults.Network(e);
        }
    }

    private async Task<HttpResponseMessage> OpenAsync(Uri endpoint, string accept, (string Name, string? Value) condition, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, endpoint);
        RequestHeaders.Write(request, options, accept, condition);
        return await OpenAsync(request, cancellationToken).ConfigureAwait(false);
    }

    private async Task<HttpResponseMessage> OpenAsync(Uri endpoint, ReadOnlyMemory<byte> json, IReadOnlyList<KeyValuePair<string, string>> headers, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new ReadOnlyMemoryContent(json) };
        request.Content.Headers.ContentType = new("application/json");
        RequestHeaders.Write(request, options, "application/json", default);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await OpenAsync(request, cancellationToken).ConfigureAwait(false);
    }

    private async Task<HttpResponseMessage> OpenAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        return await clients.CreateClient(options.HttpClientName)
            .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
    }
}

namespace ProgressiveDelivery.Sdk.Sources.Http;

/// <summary>Sends requests to one endpoint; throws <see cref="SnapshotSourceException"/> for every fault on the way.</summary>
internal sealed class HttpRequests(HttpEndpoint source, HttpFaults faults, IHttpClientFactory clients, TimeProvider time)
{
    /// <summary>Gets a response with its headers, before its body.</summary>
    /// <param name="endpoint">The address.</param>
    /// <param name="accept">The media type wanted.</param>
    /// <param name="condition">A header that gives the known state; left out if its value is null.</param>
    /// <param name="isElsewhere">True if the address is of an origin that no credential is meant for.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public Task<HttpResponseMessage> SendAsync(
        Uri endpoint, string accept, (string Name, string? Value) condition, bool isElsewhere, CancellationToken cancellationToken) =>
        WithinAsync(source.Options.AttemptTimeout, "send the response's headers", token => OpenAsync(endpoint, accept, condition, isElsewhere, token), cancellationToken);

    /// <summary>Posts JSON, and gets a response with its headers.</summary>
    public Task<HttpResponseMessage> PostAsync(Uri endpoint, ReadOnlyMemory<byte> json, IReadOnlyList<KeyValuePair<string, string>> headers, CancellationToken cancellationToken) =>
        WithinAsync(source.Options.AttemptTimeout, "send the response's headers", token => OpenAsync(endpoint, json, headers, token), cancellationToken);

    /// <summary>Posts content, and gets a response with its headers.</summary>
    public Task<HttpResponseMessage> PostAsync(Uri endpoint, HttpContent content, IReadOnlyList<KeyValuePair<string, string>> headers, CancellationToken cancellationToken) =>
        WithinAsync(source.Options.AttemptTimeout, "send the response's headers", token => OpenAsync(endpoint, content, headers, token), cancellationToken);

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

    private async Task<HttpResponseMessage> OpenAsync(Uri endpoint, string accept, (string Name, string? Value) condition, bool isElsewhere, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, endpoint);
        request.Options.Set(RedirectHandler.IsElsewhere, isElsewhere);
        RequestHeaders.Write(request, source, accept, condition, isElsewhere);
        return await OpenAsync(request, cancellationToken).ConfigureAwait(false);
    }

    private async Task<HttpResponseMessage> OpenAsync(Uri endpoint, ReadOnlyMemory<byte> json, IReadOnlyList<KeyValuePair<string, string>> headers, CancellationToken cancellationToken)
    {
        using var content = new ReadOnlyMemoryContent(json);
        content.Headers.ContentType = new("application/json");
        return await OpenAsync(endpoint, content, headers, cancellationToken).ConfigureAwait(false);
    }

    private async Task<HttpResponseMessage> OpenAsync(Uri endpoint, HttpContent content, IReadOnlyList<KeyValuePair<string, string>> headers, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = content };
        RequestHeaders.Write(request, source, "application/json", default);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await OpenAsync(request, cancellationToken).ConfigureAwait(false);
    }

    private async Task<HttpResponseMessage> OpenAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var asked = request.RequestUri!;
        request.Options.Set(RedirectHandler.IsOurs, true);
        var response = await clients.CreateClient(source.Options.HttpClientName)
            .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        if (source.Options.IsInBrowser || !WasLedAway(asked, response)) return response;

        response.Dispose();
        throw faults.FollowedUnasked(response.RequestMessage!.RequestUri!);
    }

    // A factory of the user's own makes handlers that this library has not guarded.
    private static bool WasLedAway(Uri asked, HttpResponseMessage response) =>
        response.RequestMessage is { RequestUri: { } answered } request && !Origin.IsSame(asked, answered) && !(request.Options.TryGetValue(RedirectHandler.IsGuarded, out var isGuarded) && isGuarded);
}

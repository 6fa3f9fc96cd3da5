using System.Net;

namespace ProgressiveDelivery.Sdk.Sources.Http;

/// <summary>One GET, bounded in time and size; throws <see cref="SnapshotSourceException"/> for whatever is wrong with it.</summary>
internal sealed class HttpExchange(HttpSourceOptions options, HttpFaults faults, IHttpClientFactory clients, TimeProvider time)
{
    public async ValueTask<HttpAnswer> GetAsync(string? etag, CancellationToken cancellationToken)
    {
        using var response = await WithinAsync(
            options.AttemptTimeout, "send the response's headers", token => SendAsync(etag, token), cancellationToken).ConfigureAwait(false);

        var address = response.RequestMessage?.RequestUri ?? options.Address!;
        if (response.StatusCode == HttpStatusCode.NotModified) return new(address, null, null);
        if (response.StatusCode != HttpStatusCode.OK) throw faults.Status(response, time.GetUtcNow());

        var body = await WithinAsync(
            options.BodyTimeout, "send the whole body", token => ReadAsync(response, token), cancellationToken).ConfigureAwait(false);
        return new(address, body, ETagOf(response));
    }

    private async Task<HttpResponseMessage> SendAsync(string? etag, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, options.Address);
        RequestHeaders.Write(request, options, etag);
        return await clients.CreateClient(options.HttpClientName)
            .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
    }

    private async Task<byte[]> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var reader = new BodyReader(options.MaximumBytes, faults);
        var body = await reader.ReadAsync(response.Content, cancellationToken).ConfigureAwait(false);
        BodyShape.Check(body, response.Content.Headers.ContentType?.MediaType, faults);
        return body;
    }

    private async Task<T> WithinAsync<T>(
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

    private static string? ETagOf(HttpResponseMessage response) =>
        response.Headers.NonValidated.TryGetValues("ETag", out var values) ? values.ToString() : null;
}

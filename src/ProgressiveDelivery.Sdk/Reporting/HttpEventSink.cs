using System.Buffers;
using ProgressiveDelivery.Sdk.Sources.Http;

namespace ProgressiveDelivery.Sdk.Reporting;

/// <summary>Posts batches to an HTTP endpoint, as JSON lines or one array.</summary>
/// <param name="options">The options.</param>
/// <param name="endpoint">The endpoint that they describe.</param>
/// <param name="clients">Makes the named HTTP client.</param>
/// <param name="clock">Measures time limits.</param>
internal sealed class HttpEventSink(HttpEventSinkOptions options, HttpEndpointOptions endpoint, IHttpClientFactory clients, TimeProvider clock) : IEventSink
{
    private readonly HttpEventSender _sender = new(endpoint, credentials: null, clients, clock);

    public string Name => _sender.Name;

    public async ValueTask SendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        var isArray = options.Format == EventFormat.JsonArray;
        var body = new ArrayBufferWriter<byte>();
        if (isArray)
            EventJson.WriteArray(body, batch);
        else
            EventJson.WriteLines(body, batch);
        await _sender.PostAsync(body.WrittenMemory, isArray ? "application/json" : "application/x-ndjson", options.Compress, [new("Idempotency-Key", batch.Id)], cancellationToken).ConfigureAwait(false);
    }
}

namespace ProgressiveDelivery.Sdk.Tests.Support;

/// <summary>Makes clients over one handler and remembers which names were asked for.</summary>
internal sealed class PlainHttpClients(HttpMessageHandler? handler = null) : IHttpClientFactory, IDisposable
{
    private readonly HttpMessageHandler _handler = handler ?? new SocketsHttpHandler();

    public List<string> Names { get; } = [];

    public HttpClient CreateClient(string name)
    {
        Names.Add(name);
        return new(_handler, disposeHandler: false);
    }

    public void Dispose() => _handler.Dispose();
}

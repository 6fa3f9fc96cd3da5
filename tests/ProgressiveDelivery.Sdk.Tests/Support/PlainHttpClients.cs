using ProgressiveDelivery.Sdk.Sources.Http;

namespace ProgressiveDelivery.Sdk.Tests.Support;

/// <summary>Makes clients over one handler, and remembers which names were asked for and when headers came.</summary>
internal sealed class PlainHttpClients : IHttpClientFactory, IDisposable
{
    private readonly HeadersObserver _handler = new();

    /// <summary>Done once a response's headers are there.</summary>
    public Task HeadersCame => _handler.HeadersCame.Task;

    public List<string> Names { get; } = [];

    public HttpClient CreateClient(string name)
    {
        Names.Add(name);
        return new(_handler, disposeHandler: false);
    }

    public void Dispose() => _handler.Dispose();

    private sealed class HeadersObserver : DelegatingHandler
    {
        public HeadersObserver()
        {
            var primary = new SocketsHttpHandler();
            var redirects = RedirectHandler.For(primary);
            (redirects.InnerHandler, InnerHandler) = (primary, redirects);
        }

        public TaskCompletionSource HeadersCame { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            HeadersCame.TrySetResult();
            return response;
        }
    }
}

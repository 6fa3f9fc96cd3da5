using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;

namespace ProgressiveDelivery.Sdk.Sources.Http;

/// <summary>The named HTTP clients that sources use, and the filter that adds a <see cref="RedirectHandler"/> to follow their redirects. A browser follows them by rules of its own.</summary>
internal sealed class GuardedClients : IHttpMessageHandlerBuilderFilter
{
    private readonly ConcurrentDictionary<string, bool> _names = new(StringComparer.Ordinal);

    /// <summary>Returns the factory of HTTP clients, which from now on guards the redirects of the endpoint's client.</summary>
    public static IHttpClientFactory For(HttpEndpointOptions options, IServiceProvider services)
    {
        services.GetService<GuardedClients>()?.Add(options.HttpClientName);
        return services.GetRequiredService<IHttpClientFactory>();
    }

    private void Add(string name) => _names.TryAdd(name, true);

    public Action<HttpMessageHandlerBuilder> Configure(Action<HttpMessageHandlerBuilder> next) => builder =>
    {
        next(builder);
        if (!OperatingSystem.IsBrowser() && _names.ContainsKey(builder.Name ?? ""))
            builder.AdditionalHandlers.Add(RedirectHandler.For(builder.PrimaryHandler));
    };
}

using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.AspNetCore.Requests;

namespace ProgressiveDelivery.Sdk.AspNetCore.Ofrep;

/// <summary>The client that answers.</summary>
internal sealed class OfrepClient
{
    private readonly IServiceProvider _services;
    private readonly RequestClient _client;
    private readonly bool _servesRequests;

    /// <exception cref="InvalidOperationException">There is no such client, or no request context of it.</exception>
    public OfrepClient(IServiceProvider services, OfrepOptions options)
    {
        (_services, _client) = (services, new(options.ClientName));
        if (!IsRegistered(services, options.ClientName))
            throw new InvalidOperationException($"OFREP: client '{_client.Label}' is not registered. Call services.AddProgressiveDelivery(…) with its name, or correct {nameof(OfrepOptions)}.{nameof(OfrepOptions.ClientName)}.");
        _servesRequests = services.GetServices<RequestClient>().Contains(_client);
        if (options.UseRequestContext && !_servesRequests)
            throw new InvalidOperationException($"OFREP: client '{_client.Label}' has no context of requests, and {nameof(OfrepOptions)}.{nameof(OfrepOptions.UseRequestContext)} is set. Call AddAspNetCore() on its builder.");
    }

    /// <summary>The client of the process.</summary>
    public IFeatureClient OfProcess => _client.Of(_services);

    /// <summary>Begins the answer to a request: in its unit of work where it has one, so that a tester's overrides hold too.</summary>
    public Work Begin(HttpContext http)
    {
        var features = OfProcess;
        // A fake or a decorator in the client's place begins its own.
        return _servesRequests && features.GetType().Assembly == typeof(IFeatureClient).Assembly && _client.BindingOf(http.RequestServices) is { Scope: { } scope } binding
            ? new(scope, binding.Reader, isOwn: false)
            : new(features.BeginScope(), reader: null, isOwn: true);
    }

    private static bool IsRegistered(IServiceProvider services, string? name) => name is null
        ? services.GetService<IServiceProviderIsService>()?.IsService(typeof(IFeatureClient)) != false
        : services.GetService<IServiceProviderIsKeyedService>()?.IsKeyedService(typeof(IFeatureClient), name) != false;

    /// <summary>The rules that answer a request, frozen.</summary>
    internal readonly struct Work(IFeatureScope scope, ContextReader? reader, bool isOwn) : IDisposable
    {
        public IFeatureScope Scope => scope;

        /// <summary>Reads the whole context of the request; null if it has none.</summary>
        public EvaluationContext? ReadContext() => reader?.ToContext();

        public void Dispose()
        {
            if (isOwn)
                scope.Dispose();
        }
    }
}

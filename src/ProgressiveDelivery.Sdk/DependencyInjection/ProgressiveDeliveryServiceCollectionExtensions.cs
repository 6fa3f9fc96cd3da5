using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk;
using ProgressiveDelivery.Sdk.DependencyInjection;
using ProgressiveDelivery.Sdk.Sources.Failover;
using ProgressiveDelivery.Sdk.Sources.Files;
using ProgressiveDelivery.Sdk.Sources.Signing;
using ProgressiveDelivery.Sdk.Sources.Streaming;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers feature clients.</summary>
public static class ProgressiveDeliveryServiceCollectionExtensions
{
    /// <summary>
    /// Registers the feature client: <see cref="IFeatureClient"/> and its <see cref="ISnapshotControl"/> as singletons, and
    /// <see cref="IFeatureSnapshot"/> scoped, frozen at its first use in the scope. A host starts it before other hosted services; without a host,
    /// <see cref="IFeatureClient.WaitUntilReadyAsync"/> does. Resolving it does no I/O.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Says what the client is made of.</param>
    /// <exception cref="InvalidOperationException">The client was registered before.</exception>
    public static IServiceCollection AddProgressiveDelivery(this IServiceCollection services, Action<ProgressiveDeliveryBuilder> configure)
    {
        var registration = Register(services, new(key: null), configure);
        services.AddSingleton<IFeatureClient>(provider => ClientAssembly.Create(provider, registration));
        services.AddSingleton(provider => registration.Control(provider));
        services.AddScoped(static provider => provider.GetRequiredService<IFeatureClient>().Snapshot());
        return services;
    }

    /// <summary>
    /// Registers a further feature client under a name, with rules, sources and options of its own: inject it by
    /// <c>[FromKeyedServices("name")]</c>.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The client's name: the key that it is injected by, and how logs and metrics call it.</param>
    /// <param name="configure">Says what the client is made of.</param>
    /// <exception cref="InvalidOperationException">A client of that name was registered before.</exception>
    public static IServiceCollection AddProgressiveDelivery(this IServiceCollection services, string name, Action<ProgressiveDeliveryBuilder> configure)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var registration = Register(services, new(name), configure);
        services.AddKeyedSingleton<IFeatureClient>(name, (provider, _) => ClientAssembly.Create(provider, registration));
        services.AddKeyedSingleton(name, (provider, _) => registration.Control(provider));
        services.AddKeyedScoped(name, static (provider, key) => provider.GetRequiredKeyedService<IFeatureClient>(key).Snapshot());
        return services;
    }

    private static ClientRegistration Register(IServiceCollection services, ClientRegistration registration, Action<ProgressiveDeliveryBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        if (services.Any(service => !service.IsKeyedService && service.ImplementationInstance is ClientRegistration other && other.Key == registration.Key))
            throw new InvalidOperationException($"Feature client '{registration.Label}' is registered already. Call AddProgressiveDelivery once for it, or give the second client another name.");

        services.AddSingleton(registration);
        services.AddLogging();
        services.AddOptions();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ProgressiveDeliveryOptions>, ProgressiveDeliveryOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<StreamSourceOptions>, StreamSourceOptionsValidator<StreamSourceOptions>>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<FileSourceOptions>, FileSourceOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SignatureOptions>, SignatureOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<FailoverOptions>, FailoverOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ClientStarter>());
        configure(new(services, registration));
        return registration;
    }
}

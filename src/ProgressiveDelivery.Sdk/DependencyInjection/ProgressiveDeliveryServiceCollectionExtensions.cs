using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk;
using ProgressiveDelivery.Sdk.Canary;
using ProgressiveDelivery.Sdk.Client;
using ProgressiveDelivery.Sdk.DependencyInjection;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Experiments;
using ProgressiveDelivery.Sdk.Observation;
using ProgressiveDelivery.Sdk.Reporting;
using ProgressiveDelivery.Sdk.Sources.Failover;
using ProgressiveDelivery.Sdk.Sources.Signing;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers feature clients.</summary>
public static class ProgressiveDeliveryServiceCollectionExtensions
{
    /// <summary>
    /// Registers the feature client: <see cref="IFeatureClient"/>, its <see cref="ISnapshotControl"/>, its <see cref="ISnapshotHealth"/> and its <see cref="IFeatureDiagnostics"/> as singletons,
    /// and <see cref="IFeatureSnapshot"/> scoped, frozen at its first use in the scope. A host starts it before other hosted services; without a host,
    /// <see cref="IFeatureClient.WaitUntilReadyAsync"/> does, or else its first question. Resolving it does no I/O; rules given in code are in force then.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Configures the client.</param>
    /// <exception cref="InvalidOperationException">The client was registered before.</exception>
    public static IServiceCollection AddProgressiveDelivery(this IServiceCollection services, Action<ProgressiveDeliveryBuilder> configure)
    {
        var registration = Register(services, new(key: null), configure);
        if (registration.BindsScopes)
        {
            services.AddKeyedSingleton<IFeatureClient>(registration, (provider, _) => ClientAssembly.Create(provider, registration));
            services.AddTransient(provider => Scoped(provider, registration));
            services.AddScoped(provider => ScopeBinding.Of(Inner(provider, registration)));
        }
        else
        {
            services.AddSingleton<IFeatureClient>(provider => ClientAssembly.Create(provider, registration));
        }

        services.AddSingleton(provider => registration.Control(provider));
        services.AddSingleton(provider => registration.Health(provider));
        services.AddSingleton(provider => registration.Diagnostics(provider));
        services.AddSingleton(provider => registration.Feed(provider));
        services.AddScoped(static provider => Snapshot(provider.GetRequiredService<IFeatureClient>()));
        services.AddScoped(static provider => Scope(provider.GetRequiredService<IFeatureClient>(), provider.GetRequiredService<IFeatureSnapshot>()));
        return services;
    }

    /// <summary>
    /// Registers a further feature client under a name, with rules, sources and options of its own: inject it by
    /// <c>[FromKeyedServices("name")]</c>.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The client's name: the key that it is injected by, and its name in logs and metrics.</param>
    /// <param name="configure">Configures the client.</param>
    /// <exception cref="InvalidOperationException">A client of that name was registered before.</exception>
    public static IServiceCollection AddProgressiveDelivery(this IServiceCollection services, string name, Action<ProgressiveDeliveryBuilder> configure)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var registration = Register(services, new(name), configure);
        if (registration.BindsScopes)
        {
            services.AddKeyedSingleton<IFeatureClient>(registration, (provider, _) => ClientAssembly.Create(provider, registration));
            services.AddKeyedTransient(name, (provider, _) => Scoped(provider, registration));
            services.AddKeyedScoped(name, (provider, _) => ScopeBinding.Of(Inner(provider, registration)));
        }
        else
        {
            services.AddKeyedSingleton<IFeatureClient>(name, (provider, _) => ClientAssembly.Create(provider, registration));
        }

        services.AddKeyedSingleton(name, (provider, _) => registration.Control(provider));
        services.AddKeyedSingleton(name, (provider, _) => registration.Health(provider));
        services.AddKeyedSingleton(name, (provider, _) => registration.Diagnostics(provider));
        services.AddKeyedSingleton(name, (provider, _) => registration.Feed(provider));
        services.AddKeyedScoped(name, static (provider, key) => Snapshot(provider.GetRequiredKeyedService<IFeatureClient>(key)));
        services.AddKeyedScoped(name, static (provider, key) => Scope(provider.GetRequiredKeyedService<IFeatureClient>(key), provider.GetRequiredKeyedService<IFeatureSnapshot>(key)));
        return services;
    }

    // A singleton gets the client of the process: it lives in no unit of work. Containers of other makers have scopes for roots, which are not bound.
    private static IFeatureClient Scoped(IServiceProvider provider, ClientRegistration registration) =>
        provider.GetRequiredService<RootServices>().Is(provider) ? new ScopeBinding(Inner(provider, registration))
        : registration.Key is null ? provider.GetRequiredService<FeatureScopeBinding>().Client
        : provider.GetRequiredKeyedService<FeatureScopeBinding>(registration.Key).Client;

    private static FeatureClient Inner(IServiceProvider provider, ClientRegistration registration) => (FeatureClient)provider.GetRequiredKeyedService<IFeatureClient>(registration);

    private static IFeatureSnapshot Snapshot(IFeatureClient client) => client is ScopeBinding binding ? binding.Owned : client.GetSnapshot();

    private static IFeatureScope Scope(IFeatureClient client, IFeatureSnapshot snapshot) =>
        client is ScopeBinding binding ? binding.Owned : client is FeatureClient own ? own.BeginScope(snapshot) : client.BeginScope();

    private static ClientRegistration Register(IServiceCollection services, ClientRegistration registration, Action<ProgressiveDeliveryBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        if (services.Any(service => !service.IsKeyedService && service.ImplementationInstance is ClientRegistration other && other.Key == registration.Key))
            throw new InvalidOperationException($"Feature client '{registration.Label}' is registered already. Call AddProgressiveDelivery once for it, or give the second client another name.");

        services.AddSingleton(registration);
        services.TryAddSingleton<RootServices>();
        services.AddLogging();
        services.AddOptions();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ProgressiveDeliveryOptions>, ProgressiveDeliveryOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SignatureOptions>, SignatureOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<FailoverOptions>, FailoverOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ExposureOptions>, ExposureOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<EventPipelineOptions>, EventPipelineOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AssignmentOptions>, AssignmentOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<HostContextOptions>, HostContextOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AdoptionOptions>, AdoptionOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ClientStarter>());
        configure(new(services, registration));
        return registration;
    }
}

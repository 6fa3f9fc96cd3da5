using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.FeatureManagement;

namespace ProgressiveDelivery.Sdk.FeatureManagement.Managers;

/// <summary>The registration of the managers: whose client serves them, and with which lifetime.</summary>
internal sealed class ManagerRegistration
{
    private readonly IServiceCollection _services;
    private readonly ServiceLifetime _lifetime;

    private ManagerRegistration(IServiceCollection services, string? client)
    {
        (_services, Client) = (services, client);
        _lifetime = IsScoped(services, typeof(IFeatureManager)) ? ServiceLifetime.Scoped : ServiceLifetime.Transient;
    }

    /// <summary>The name of the client that serves; null for the client without one.</summary>
    public string? Client { get; }

    /// <exception cref="InvalidOperationException">Another client serves.</exception>
    public static void Add(IServiceCollection services, string? client)
    {
        if (services.FirstOrDefault(service => service.ServiceType == typeof(ManagerRegistration))?.ImplementationInstance is ManagerRegistration earlier)
        {
            if (earlier.Client != client)
                throw new InvalidOperationException($"Feature client '{client ?? "default"}': ServeFeatureManagement was called for client '{earlier.Client ?? "default"}' already, and Microsoft's managers can have one client only. Remove one of the calls.");
            return;
        }

        new ManagerRegistration(services, client).Register();
    }

    /// <exception cref="InvalidOperationException"><c>AddScopedFeatureManagement</c> was called later.</exception>
    public void ThrowIfLifetimesDiffer()
    {
        if (_lifetime != ServiceLifetime.Scoped && IsScoped(_services, typeof(FeatureManager)))
            throw new InvalidOperationException("AddScopedFeatureManagement was called after ServeFeatureManagement, which has registered managers that are not scoped. Call AddScopedFeatureManagement first.");
    }

    // Transient and not singleton, so that a manager in a scope knows the scope. Microsoft's own methods take what is not scoped as a singleton.
    private void Register()
    {
        _services.AddOptions<FeatureManagementOptions>();
        _services.AddSingleton(this);
        _services.AddSingleton<ServedClient>();
        _services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, RegistrationCheck>());
        _services.AddScoped<ScopeFeatureManager>();
        Replace<IFeatureManager>(_lifetime, static provider => new ClientFeatureManager(provider.GetRequiredService<ServedClient>(), provider));
        Replace<IVariantFeatureManager>(_lifetime, static provider => new ClientFeatureManager(provider.GetRequiredService<ServedClient>(), provider));
        Replace<IFeatureManagerSnapshot>(ServiceLifetime.Scoped, static provider => provider.GetRequiredService<ScopeFeatureManager>());
        Replace<IVariantFeatureManagerSnapshot>(ServiceLifetime.Scoped, static provider => provider.GetRequiredService<ScopeFeatureManager>());
    }

    private void Replace<TService>(ServiceLifetime lifetime, Func<IServiceProvider, TService> make)
        where TService : class
    {
        _services.RemoveAll<TService>();
        _services.Add(new(typeof(TService), make, lifetime));
    }

    private static bool IsScoped(IServiceCollection services, Type type) =>
        services.Any(service => !service.IsKeyedService && service.ServiceType == type && service.Lifetime == ServiceLifetime.Scoped);
}

using Microsoft.Extensions.DependencyInjection;

namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <summary>The implementation that was chosen for one scope. The container makes it once, when the service is first resolved there.</summary>
/// <param name="services">The scope.</param>
/// <param name="registration">The implementations.</param>
internal sealed class VariantServiceChoice<TService>(IServiceProvider services, VariantServiceRegistration<TService> registration)
    where TService : class
{
    private readonly Func<IServiceProvider, TService> _create = registration.Choose(services);

    /// <summary>Returns the service.</summary>
    public TService Resolve(IServiceProvider provider) => registration.IsShared
        ? provider.GetRequiredService<VariantServiceSingletons<TService>>().Get(_create)
        : _create(provider) ?? throw new InvalidOperationException($"Variant service '{registration.Service}': the function that makes an implementation returned null. Return one.");
}

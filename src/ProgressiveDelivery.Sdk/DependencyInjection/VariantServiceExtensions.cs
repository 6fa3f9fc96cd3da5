using ProgressiveDelivery.Sdk;
using ProgressiveDelivery.Sdk.DependencyInjection;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers services whose implementation a flag chooses.</summary>
public static class VariantServiceExtensions
{
    /// <summary>
    /// Registers a service whose implementation is chosen by the variant of a flag, once for each scope of dependency injection: for the context of the scope, such as that of a request. Only the chosen
    /// implementation is made. Name the implementations with <see cref="VariantServiceBuilder{TService}.For"/> and <see cref="VariantServiceBuilder{TService}.Otherwise{TImplementation}"/>.
    /// </summary>
    /// <remarks>
    /// The choice is made when the service is first resolved in the scope, and counts as an evaluation. A flag that serves a fallback has no variant: <c>Otherwise</c> is chosen then, and without it
    /// resolving throws an <see cref="InvalidOperationException"/>. A starting host logs a warning for variants without an implementation. The container makes and disposes the implementation.
    /// Outside of a scope the container's own rules for scoped services hold; where it allows that, the caller is anonymous.
    /// </remarks>
    /// <typeparam name="TService">The service.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="flag">The flag. Implementations are named by its variants, not by their values.</param>
    /// <param name="lifetime">
    /// The lifetime of implementations: scoped; transient, where each resolution makes one of the scope's variant; or singleton, where scopes share one of each, which must not be disposable.
    /// </param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="InvalidOperationException">The service is a variant service already.</exception>
    public static VariantServiceBuilder<TService> AddVariantService<TService>(this IServiceCollection services, FeatureFlag<string> flag, ServiceLifetime lifetime = ServiceLifetime.Scoped)
        where TService : class
    {
        ArgumentNullException.ThrowIfNull(flag);
        return Add<TService>(services, flag.Key, features => VariantAnswer.Of(features.Evaluate(flag)), lifetime);
    }

    /// <inheritdoc cref="AddVariantService{TService}(IServiceCollection, FeatureFlag{string}, ServiceLifetime)"/>
    public static VariantServiceBuilder<TService> AddVariantService<TService>(this IServiceCollection services, FeatureFlag<bool> flag, ServiceLifetime lifetime = ServiceLifetime.Scoped)
        where TService : class
    {
        ArgumentNullException.ThrowIfNull(flag);
        return Add<TService>(services, flag.Key, features => VariantAnswer.Of(features.Evaluate(flag)), lifetime);
    }

    /// <summary>Registers a service whose implementation is chosen by the variant of a flag of any type, once for each scope of dependency injection.</summary>
    /// <inheritdoc cref="AddVariantService{TService}(IServiceCollection, FeatureFlag{string}, ServiceLifetime)"/>
    /// <exception cref="ArgumentException"><paramref name="flag"/> is empty.</exception>
    public static VariantServiceBuilder<TService> AddVariantService<TService>(this IServiceCollection services, string flag, ServiceLifetime lifetime = ServiceLifetime.Scoped)
        where TService : class
    {
        ArgumentException.ThrowIfNullOrEmpty(flag);
        return Add<TService>(services, flag, features => VariantAnswer.Of(features.EvaluateUntyped(flag)), lifetime);
    }

    private static VariantServiceBuilder<TService> Add<TService>(IServiceCollection services, string flag, Func<IFeatureClient, VariantAnswer> ask, ServiceLifetime lifetime)
        where TService : class
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.Any(static service => !service.IsKeyedService && service.ImplementationInstance is VariantServiceRegistration<TService>))
            throw new InvalidOperationException($"'{typeof(TService)}' is a variant service already. Call AddVariantService once for it, and name all implementations there.");

        var registration = new VariantServiceRegistration<TService>(flag, ask, lifetime);
        services.AddSingleton(registration);
        services.AddSingleton<VariantServiceRegistration>(registration);
        services.AddScoped(static provider => new VariantServiceChoice<TService>(provider, provider.GetRequiredService<VariantServiceRegistration<TService>>()));
        if (lifetime == ServiceLifetime.Singleton)
            services.AddSingleton(static provider => new VariantServiceSingletons<TService>(provider));
        services.Add(ServiceDescriptor.Describe(
            typeof(TService),
            static provider => provider.GetRequiredService<VariantServiceChoice<TService>>().Resolve(provider),
            lifetime == ServiceLifetime.Transient ? ServiceLifetime.Transient : ServiceLifetime.Scoped));
        VariantServiceCheck.AddTo(services);
        return new(registration);
    }
}

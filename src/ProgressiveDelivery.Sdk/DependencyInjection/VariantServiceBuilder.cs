using System.Diagnostics.CodeAnalysis;

namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <summary>Names the implementations of a service that a flag chooses. Not safe for several threads; use it while services are registered.</summary>
/// <typeparam name="TService">The service.</typeparam>
public sealed class VariantServiceBuilder<TService>
    where TService : class
{
    private readonly VariantServiceRegistration<TService> _registration;

    internal VariantServiceBuilder(VariantServiceRegistration<TService> registration) => _registration = registration;

    /// <summary>Begins the implementation for a variant; <c>Use</c> names it.</summary>
    /// <param name="variant">The variant's name; case-sensitive.</param>
    /// <exception cref="ArgumentException"><paramref name="variant"/> is empty.</exception>
    public VariantServiceCase<TService> For(string variant)
    {
        ArgumentException.ThrowIfNullOrEmpty(variant);
        return new(this, variant);
    }

    /// <summary>Uses an implementation for all other variants, and where the flag serves a fallback.</summary>
    /// <typeparam name="TImplementation">The implementation; its constructor's arguments are injected.</typeparam>
    /// <exception cref="InvalidOperationException">There is such an implementation already, the class cannot be made, or it is disposable and to be a singleton.</exception>
    public VariantServiceBuilder<TService> Otherwise<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TImplementation>()
        where TImplementation : class, TService =>
        Add(null, _registration.Factory<TImplementation>());

    /// <summary>Uses an implementation for all other variants, and where the flag serves a fallback.</summary>
    /// <param name="create">Makes a new one from the scope's services. The container disposes it.</param>
    /// <exception cref="ArgumentNullException"><paramref name="create"/> is null.</exception>
    /// <exception cref="InvalidOperationException">There is such an implementation already.</exception>
    public VariantServiceBuilder<TService> Otherwise(Func<IServiceProvider, TService> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        return Add(null, create);
    }

    /// <summary>Asks a named client, instead of the one without a name.</summary>
    /// <param name="name">The client's name.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    public VariantServiceBuilder<TService> OfClient(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        _registration.Client = name;
        return this;
    }

    internal VariantServiceRegistration<TService> Registration => _registration;

    internal VariantServiceBuilder<TService> Add(string? variant, Func<IServiceProvider, TService> create)
    {
        _registration.Add(variant, create);
        return this;
    }
}

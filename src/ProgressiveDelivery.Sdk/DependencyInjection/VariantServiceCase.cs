using System.Diagnostics.CodeAnalysis;

namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <summary>A variant that waits for its implementation.</summary>
/// <typeparam name="TService">The service.</typeparam>
public sealed class VariantServiceCase<TService>
    where TService : class
{
    private readonly VariantServiceBuilder<TService> _builder;
    private readonly string _variant;

    internal VariantServiceCase(VariantServiceBuilder<TService> builder, string variant) => (_builder, _variant) = (builder, variant);

    /// <summary>Uses an implementation for the variant.</summary>
    /// <typeparam name="TImplementation">The implementation; its constructor's arguments are injected.</typeparam>
    /// <exception cref="InvalidOperationException">The variant has an implementation already, the class cannot be made, or it is disposable and to be a singleton.</exception>
    public VariantServiceBuilder<TService> Use<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TImplementation>()
        where TImplementation : class, TService =>
        _builder.Add(_variant, _builder.Registration.Factory<TImplementation>());

    /// <summary>Uses an implementation for the variant.</summary>
    /// <param name="create">Makes a new one from the scope's services. The container disposes it.</param>
    /// <exception cref="ArgumentNullException"><paramref name="create"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The variant has an implementation already.</exception>
    public VariantServiceBuilder<TService> Use(Func<IServiceProvider, TService> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        return _builder.Add(_variant, create);
    }
}

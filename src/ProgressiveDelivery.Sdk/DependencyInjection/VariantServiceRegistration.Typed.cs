using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;

namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <summary>A service whose implementation a flag chooses.</summary>
/// <param name="flag">The flag's key.</param>
/// <param name="ask">Evaluates the flag for the context of the scope.</param>
/// <param name="lifetime">The lifetime of implementations.</param>
internal sealed class VariantServiceRegistration<TService>(string flag, Func<IFeatureClient, VariantAnswer> ask, ServiceLifetime lifetime) : VariantServiceRegistration(typeof(TService), flag)
    where TService : class
{
    private readonly Dictionary<string, Func<IServiceProvider, TService>> _implementations = new(StringComparer.Ordinal);
    private Func<IServiceProvider, TService>? _otherwise;

    public override IReadOnlyCollection<string> Variants => _implementations.Keys;

    public override bool HasOtherwise => _otherwise is not null;

    public bool IsShared => lifetime == ServiceLifetime.Singleton;

    /// <summary>Adds an implementation.</summary>
    /// <param name="variant">The variant; null for all others.</param>
    /// <param name="create">Makes it.</param>
    /// <exception cref="InvalidOperationException">There is one already.</exception>
    public void Add(string? variant, Func<IServiceProvider, TService> create)
    {
        if (variant is null && _otherwise is null)
            _otherwise = create;
        else if (variant is null)
            throw new InvalidOperationException($"Variant service '{Service}' has an implementation for all other variants already. Call Otherwise once.");
        else if (!_implementations.TryAdd(variant, create))
            throw new InvalidOperationException($"Variant service '{Service}' has an implementation for variant '{variant}' already. Name each variant once.");
    }

    /// <summary>Returns the function that makes a class; with a constructor chosen once, if there is no choice.</summary>
    /// <exception cref="InvalidOperationException">The class cannot be made, or must not be shared.</exception>
    public Func<IServiceProvider, TService> Factory<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TImplementation>()
        where TImplementation : class, TService
    {
        var type = typeof(TImplementation);
        if (IsShared && (typeof(IDisposable).IsAssignableFrom(type) || typeof(IAsyncDisposable).IsAssignableFrom(type)))
            throw new InvalidOperationException(MustNotBeShared(type));
        if (type.IsAbstract || type.GetConstructors().Length == 0)
            throw new InvalidOperationException($"Variant service '{Service}': '{type}' is abstract or has no public constructor. Name a class that can be made, or give a function that makes it.");
        if (type.GetConstructors().Length > 1)
            return static provider => ActivatorUtilities.CreateInstance<TImplementation>(provider);
        var factory = ActivatorUtilities.CreateFactory<TImplementation>([]);
        return provider => factory(provider, []);
    }

    /// <summary>Chooses the implementation for the context of a scope.</summary>
    /// <exception cref="InvalidOperationException">There is none for the variant.</exception>
    public Func<IServiceProvider, TService> Choose(IServiceProvider services)
    {
        var answer = ask(Resolve(services));
        if (answer.Variant is { } variant && _implementations.TryGetValue(variant, out var implementation))
            return implementation;
        return _otherwise ?? throw new InvalidOperationException(answer.Variant is null
            ? $"Variant service '{Service}' has no implementation: flag '{Flag}' serves a fallback ({answer.Reason}). Add Otherwise for that."
            : $"Variant service '{Service}' has no implementation for variant '{answer.Variant}' of flag '{Flag}'. Add For(\"{answer.Variant}\"), or Otherwise.");
    }

    /// <summary>Returns the text of the error about a disposable class that scopes share.</summary>
    public string MustNotBeShared(Type type) =>
        $"Variant service '{Service}': '{type}' is disposable, and the first scope that ends would dispose it for all. Register the service as scoped, or let it use a singleton that holds the resource.";
}

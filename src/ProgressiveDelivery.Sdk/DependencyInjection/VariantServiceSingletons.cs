using Microsoft.Extensions.DependencyInjection;

namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <summary>The implementations that scopes share, each made when it is first chosen.</summary>
/// <param name="root">The services of singletons.</param>
internal sealed class VariantServiceSingletons<TService>(IServiceProvider root)
    where TService : class
{
    private readonly object _gate = new();
    private readonly Dictionary<Func<IServiceProvider, TService>, TService> _made = [];

    /// <summary>Returns the implementation that a function makes.</summary>
    /// <exception cref="InvalidOperationException">It is null or disposable: the container would dispose it with the first scope.</exception>
    public TService Get(Func<IServiceProvider, TService> create)
    {
        lock (_gate)
        {
            if (_made.TryGetValue(create, out var made))
                return made;
            made = create(root);
            var registration = root.GetRequiredService<VariantServiceRegistration<TService>>();
            if (made is null)
                throw new InvalidOperationException($"Variant service '{registration.Service}': the function that makes an implementation returned null. Return one.");
            if (made is IDisposable or IAsyncDisposable)
                throw new InvalidOperationException(registration.MustNotBeShared(made.GetType()));
            return _made[create] = made;
        }
    }
}

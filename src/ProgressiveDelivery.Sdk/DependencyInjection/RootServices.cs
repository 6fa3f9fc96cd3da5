namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <summary>Knows the container's root, which singletons are made from.</summary>
/// <param name="root">The services that a singleton gets.</param>
internal sealed class RootServices(IServiceProvider root)
{
    /// <summary>Returns whether services are the root's.</summary>
    public bool Is(IServiceProvider services) => ReferenceEquals(services, root);
}

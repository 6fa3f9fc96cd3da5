using Microsoft.Extensions.DependencyInjection;

namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <summary>A service whose implementation a flag chooses, as a host checks it.</summary>
/// <param name="service">The service.</param>
/// <param name="flag">The flag's key.</param>
internal abstract class VariantServiceRegistration(Type service, string flag)
{
    /// <summary>The service's name for people.</summary>
    public string Service => service.ToString();

    public string Flag => flag;

    /// <summary>The client's name; null for the one without a name.</summary>
    public string? Client { get; set; }

    /// <summary>The name for people.</summary>
    public string ClientLabel => Client ?? "default";

    /// <summary>The variants that have an implementation.</summary>
    public abstract IReadOnlyCollection<string> Variants { get; }

    /// <summary>Indicates whether there is an implementation for all others.</summary>
    public abstract bool HasOtherwise { get; }

    /// <summary>Resolves the client as the scope sees it.</summary>
    /// <exception cref="InvalidOperationException">It is not registered.</exception>
    public IFeatureClient Resolve(IServiceProvider services) =>
        (Client is null ? services.GetService<IFeatureClient>() : services.GetKeyedService<IFeatureClient>(Client))
        ?? throw new InvalidOperationException($"Variant service '{Service}' asks feature client '{ClientLabel}', which is not registered. Call AddProgressiveDelivery for it.");
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ProgressiveDelivery.Sdk.AspNetCore.Requests;

/// <summary>A client that serves requests. Registered once for each.</summary>
/// <param name="Name">The client's name; null for the client without one.</param>
internal sealed record RequestClient(string? Name)
{
    /// <summary>The name for people.</summary>
    public string Label => Name ?? "default";

    /// <summary>The name of its options.</summary>
    public string OptionsName => Name ?? Options.DefaultName;

    /// <summary>Returns the client, as code of a scope sees it.</summary>
    public IFeatureClient Of(IServiceProvider services) => Name is null ? services.GetRequiredService<IFeatureClient>() : services.GetRequiredKeyedService<IFeatureClient>(Name);

    /// <summary>Returns the binding of a scope.</summary>
    public FeatureScopeBinding BindingOf(IServiceProvider services) =>
        Name is null ? services.GetRequiredService<FeatureScopeBinding>() : services.GetRequiredKeyedService<FeatureScopeBinding>(Name);
}

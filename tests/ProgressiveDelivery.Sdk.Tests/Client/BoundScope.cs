using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.Tests.Client;

/// <summary>A scope of dependency injection that a test binds to work. Flag <c>by-plan</c> is on for plan <c>gold</c>, and <c>on</c> for all.</summary>
internal sealed class BoundScope
{
    private readonly ServiceProvider _services;
    private readonly IServiceScope _scope;

    public BoundScope()
    {
        _services = new ServiceCollection()
            .AddProgressiveDelivery(flags => flags.From(_ => Source).BindScopes())
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        _scope = _services.CreateScope();
    }

    public InMemorySnapshotSource Source { get; } = new(Document(1, "off"));

    public IServiceProvider Root => _services;

    public IServiceProvider Services => _scope.ServiceProvider;

    public FeatureScopeBinding Binding => Services.GetRequiredService<FeatureScopeBinding>();

    public IFeatureClient Client => Services.GetRequiredService<IFeatureClient>();

    /// <summary>Rules that serve a variant by default.</summary>
    public static string Document(long version, string variant) => $$"""
        {"schema": "progressive-delivery/1", "version": {{version}}, "flags": {
            "by-plan": {"type": "boolean", "rules": [{"when": {"attribute": "plan", "equals": "gold"}, "serve": "on"}], "default": "{{variant}}" },
            "on": {"type": "boolean", "default": "on"} } }
        """;

    /// <summary>Puts rules in force.</summary>
    public async Task PublishAsync(long version, string variant)
    {
        Source.Set(Document(version, variant));
        await Root.GetRequiredService<IFeatureClient>().WaitUntilReadyAsync();
        await Refresh.Until.HoldsAsync(() => Root.GetRequiredService<IFeatureClient>().Status.SnapshotVersion == version);
    }

    /// <summary>Ends the scope, as a host does.</summary>
    public void Dispose() => _scope.Dispose();
}

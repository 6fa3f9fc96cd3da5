using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Diagnostics.Frame;

/// <summary>A client whose status a test rewrites. Everything else is that of a real client.</summary>
public class ScriptedClient : DispatchProxy
{
    private IFeatureClient _inner = null!;
    private StatusScript _script = null!;

    /// <summary>The name under which it is registered, beside the real client.</summary>
    internal const string Name = "scripted";

    /// <summary>Registers it with the control and the diagnostics of the real client.</summary>
    internal static void AddTo(IServiceCollection services, StatusScript script)
    {
        services.AddKeyedSingleton<IFeatureClient>(Name, (provider, _) =>
        {
            var proxy = Create<IFeatureClient, ScriptedClient>();
            var own = (ScriptedClient)(object)proxy;
            (own._inner, own._script) = (provider.GetRequiredService<IFeatureClient>(), script);
            return proxy;
        });
        services.AddKeyedSingleton<ISnapshotControl>(Name, static (provider, _) => provider.GetRequiredService<ISnapshotControl>());
        services.AddKeyedSingleton<IFeatureDiagnostics>(Name, static (provider, _) => provider.GetRequiredService<IFeatureDiagnostics>());
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var result = targetMethod!.Invoke(_inner, args);
        return result is FeatureClientStatus status && targetMethod.Name == "get_Status" ? _script.Change(status) : result;
    }

    /// <summary>What a test makes of the status.</summary>
    internal sealed class StatusScript
    {
        public Func<FeatureClientStatus, FeatureClientStatus> Change { get; set; } = static status => status;
    }
}

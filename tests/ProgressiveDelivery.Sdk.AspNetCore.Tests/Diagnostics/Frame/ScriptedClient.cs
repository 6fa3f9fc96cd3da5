using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Diagnostics.Frame;

/// <summary>A client whose status a test rewrites. Everything else is that of a real client.</summary>
public class ScriptedClient : DispatchProxy
{
    private IFeatureClient _inner = null!;
    private StatusScript _script = null!;

    /// <summary>Puts it in the place of the client.</summary>
    internal static void Wrap(IServiceCollection services, StatusScript script)
    {
        var real = services.Last(static service => service.ServiceType == typeof(IFeatureClient) && !service.IsKeyedService);
        services.Remove(real);
        services.Add(new(typeof(IFeatureClient), provider =>
        {
            var proxy = Create<IFeatureClient, ScriptedClient>();
            var own = (ScriptedClient)(object)proxy;
            own._inner = (IFeatureClient)(real.ImplementationFactory is { } make ? make(provider) : real.ImplementationInstance ?? ActivatorUtilities.CreateInstance(provider, real.ImplementationType!));
            own._script = script;
            return proxy;
        }, real.Lifetime));
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

using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ProgressiveDelivery.Sdk.AspNetCore;
using ProgressiveDelivery.Sdk.AspNetCore.SignalR;
using ProgressiveDelivery.Sdk.DependencyInjection;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Serves the hubs of SignalR.</summary>
public static class FeatureHubExtensions
{
    /// <summary>Makes each invocation of a hub's method a unit of work.</summary>
    /// <inheritdoc cref="AddSignalRHubs(ProgressiveDeliveryBuilder, Action{FeatureHubOptions})"/>
    public static ProgressiveDeliveryBuilder AddSignalRHubs(this ProgressiveDeliveryBuilder builder) => builder.AddSignalRHubs(static _ => { });

    /// <summary>
    /// Makes each invocation of a hub's method a unit of work, and likewise the begin and the end of a connection: code that injects <see cref="ProgressiveDelivery.Sdk.IFeatureClient"/> there gets all answers from one
    /// version of the rules, and asks without a context. The context is that of the connection's user. A method that returns a stream follows the rules instead, since it may last.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets the options.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static ProgressiveDeliveryBuilder AddSignalRHubs(this ProgressiveDeliveryBuilder builder, Action<FeatureHubOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.BindScopes();
        builder.Services.Configure(configure);
        if (builder.Services.Any(static service => service.ServiceType == typeof(FeatureHubFilter)))
            return builder;
        builder.Services.TryAddSingleton<FeatureHubFilter>();
        builder.Services.AddOptions<HubOptions>().Configure<FeatureHubFilter>(static (hubs, filter) => hubs.AddFilter(filter));
        return builder;
    }
}

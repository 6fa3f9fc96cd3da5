using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ProgressiveDelivery.Sdk.AspNetCore;
using ProgressiveDelivery.Sdk.AspNetCore.Requests;
using ProgressiveDelivery.Sdk.DependencyInjection;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Serves the requests of an ASP.NET Core application.</summary>
public static class ProgressiveDeliveryAspNetCoreExtensions
{
    /// <summary>Gives each request one frozen ruleset and a context of its own.</summary>
    /// <inheritdoc cref="AddAspNetCore(ProgressiveDeliveryBuilder, Action{RequestOptions})"/>
    public static ProgressiveDeliveryBuilder AddAspNetCore(this ProgressiveDeliveryBuilder builder) => builder.AddAspNetCore(static _ => { });

    /// <summary>
    /// Gives each request one frozen ruleset and a context of its own: code that injects <see cref="ProgressiveDelivery.Sdk.IFeatureClient"/> in a request asks without a context, and gets all
    /// answers from one version. The middleware for it is put before all others.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets the options.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static ProgressiveDeliveryBuilder AddAspNetCore(this ProgressiveDeliveryBuilder builder, Action<RequestOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.BindScopes();
        builder.Services.Configure(configure);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartupFilter, RequestStartup>());
        return builder;
    }
}

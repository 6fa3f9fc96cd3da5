using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.AspNetCore;
using ProgressiveDelivery.Sdk.AspNetCore.Overrides;
using ProgressiveDelivery.Sdk.DependencyInjection;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Lets testers choose variants for their own requests.</summary>
public static class FeatureOverrideExtensions
{
    /// <summary>
    /// Lets authorized testers choose variants for their own requests, by header, cookie or query parameter: <c>X-Feature-Override: checkout=on, banner=red</c>. Such an answer has the reason
    /// <see cref="ProgressiveDelivery.Sdk.EvaluationReason.Override"/>, and counts for no experiment and no guard. Off in Production unless
    /// <see cref="OverrideOptions.AllowInProduction"/> is set. This line suffices: overrides are authorized and applied before all other middleware, and hold for the whole request.
    /// </summary>
    /// <remarks>
    /// A request brings 20 overrides at most, with names of 256 characters at most; each place holds 4,096 characters at most. More than that is refused as a whole. Of two overrides of a flag the
    /// last wins, and the query parameter comes after the header, which comes after the cookie. Unknown flags and variants are ignored. Responses of overridden requests are sent with
    /// <c>Cache-Control: private, no-store</c>, and neither stored in nor served from the caches of ASP.NET Core.
    /// </remarks>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets the options: a place and a condition at least.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static ProgressiveDeliveryBuilder AddFeatureOverrides(this ProgressiveDeliveryBuilder builder, Action<OverrideOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.AddAspNetCore();
        var registration = new OverrideRegistration(builder.Name);
        var services = builder.Services;
        services.AddOptions<OverrideOptions>(registration.OptionsName).Configure(configure).ValidateOnStart();
        if (services.Any(service => !service.IsKeyedService && registration.Equals(service.ImplementationInstance)))
            return builder;

        services.AddSingleton(registration);
        services.AddMetrics();
        services.AddOptions<ProgressiveDeliveryOptions>(registration.OptionsName).PostConfigure<IOptionsMonitor<OverrideOptions>>((options, overrides) =>
        {
            if (overrides.Get(registration.OptionsName).AllowInProduction)
                options.AllowForcedVariants ??= true;
        });
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<OverrideOptions>, OverrideOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartupFilter, OverrideStartup>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<OutputCacheOptions>, OverrideCaching>());
        services.TryAddSingleton<OverridePlacement>();
        services.TryAddSingleton<OverrideMeter>();
        services.TryAddSingleton<RequestOverrides>();
        return builder;
    }
}

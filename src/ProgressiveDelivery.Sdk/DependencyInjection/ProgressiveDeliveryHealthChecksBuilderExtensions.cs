using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.DependencyInjection;
using ProgressiveDelivery.Sdk.Health;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers health checks of feature clients.</summary>
public static class ProgressiveDeliveryHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds a check of a feature client: degraded when its rules are not known to be current, unhealthy when they have not been for long,
    /// or there are none. It says why and since when, and never asks the source itself.
    /// </summary>
    /// <param name="builder">The health checks.</param>
    /// <param name="configure">Says which client, what the check is called, and when it turns; all optional.</param>
    /// <exception cref="OptionsValidationException">Something is wrong with the options; names all of it.</exception>
    public static IHealthChecksBuilder AddProgressiveDelivery(this IHealthChecksBuilder builder, Action<FeatureHealthCheckOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = new FeatureHealthCheckOptions();
        configure?.Invoke(options);
        if (options.Faults().ToList() is { Count: > 0 } faults)
            throw new OptionsValidationException(options.CheckName, typeof(FeatureHealthCheckOptions), faults);
        return builder.Add(new HealthCheckRegistration(options.CheckName, services => Create(services, options), failureStatus: null, options.Tags));
    }

    private static FeatureHealthCheck Create(IServiceProvider services, FeatureHealthCheckOptions options) =>
        new(new ClientRegistration(options.Client).Resolve(services), options, ClientAssembly.ClockOf(services));
}

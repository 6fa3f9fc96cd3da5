using Microsoft.Extensions.Configuration;
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
    /// or there are none. It reports the reason and the time since when, and never reads the source itself.
    /// </summary>
    /// <param name="builder">The health checks.</param>
    public static IHealthChecksBuilder AddProgressiveDelivery(this IHealthChecksBuilder builder) => builder.AddProgressiveDelivery(static (FeatureHealthCheckOptions _) => { });

    /// <summary>
    /// Adds a check of a feature client: degraded when its rules are not known to be current, unhealthy when they have not been for long,
    /// or there are none. It reports the reason and the time since when, and never reads the source itself.
    /// </summary>
    /// <param name="builder">The health checks.</param>
    /// <param name="configure">Sets the client, the name of the check, and when it turns; all optional.</param>
    /// <exception cref="OptionsValidationException">The options are invalid; the message names every error.</exception>
    public static IHealthChecksBuilder AddProgressiveDelivery(this IHealthChecksBuilder builder, Action<FeatureHealthCheckOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        var options = new FeatureHealthCheckOptions();
        configure(options);
        return Add(builder, options, []);
    }

    /// <summary>Adds a check of a feature client, with options from configuration, read once.</summary>
    /// <param name="builder">The health checks.</param>
    /// <param name="section">The section with <see cref="FeatureHealthCheckOptions"/>' members: <c>Client</c>, <c>DegradedAfter</c>…</param>
    /// <exception cref="OptionsValidationException">The options are invalid; the message names every error.</exception>
    public static IHealthChecksBuilder AddProgressiveDelivery(this IHealthChecksBuilder builder, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);
        var options = new FeatureHealthCheckOptions();
        var binding = new SectionBinding<FeatureHealthCheckOptions>(Options.Options.DefaultName, section, BoundSections.Of(builder.Services, section), static (from, to) => from.Bind(to));
        binding.Configure(options);
        return Add(builder, options, binding.Validate(Options.Options.DefaultName, options).Failures ?? []);
    }

    private static IHealthChecksBuilder Add(IHealthChecksBuilder builder, FeatureHealthCheckOptions options, IEnumerable<string> unbound)
    {
        if (unbound.Concat(options.Faults()).ToList() is { Count: > 0 } faults)
            throw new OptionsValidationException(options.CheckName, typeof(FeatureHealthCheckOptions), faults);
        return builder.Add(new HealthCheckRegistration(options.CheckName, services => Create(services, options), failureStatus: null, options.Tags));
    }

    private static FeatureHealthCheck Create(IServiceProvider services, FeatureHealthCheckOptions options) =>
        new(new ClientRegistration(options.Client).Resolve(services), options, ClientAssembly.ClockOf(services));
}

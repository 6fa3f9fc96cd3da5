using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.DependencyInjection;
using ProgressiveDelivery.Sdk.Sources.Http;

namespace ProgressiveDelivery.Sdk.Backends.LaunchDarkly;

/// <summary>Has a client evaluate LaunchDarkly's flags.</summary>
public static class LaunchDarklyProgressiveDeliveryBuilderExtensions
{
    /// <summary>Polls LaunchDarkly's flags, every 30 seconds.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="sdkKey">The environment's server-side SDK key.</param>
    public static ProgressiveDeliveryBuilder FromLaunchDarkly(this ProgressiveDeliveryBuilder builder, string sdkKey) =>
        builder.FromLaunchDarkly(options => options.SdkKey = sdkKey);

    /// <summary>Polls LaunchDarkly's flags.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="configure">Sets the options.</param>
    public static ProgressiveDeliveryBuilder FromLaunchDarkly(this ProgressiveDeliveryBuilder builder, Action<LaunchDarklySourceOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        return builder.FromPolls(options => options.Configure(configure));
    }

    /// <summary>Polls LaunchDarkly's flags, with options from configuration.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="section">Has <see cref="LaunchDarklySourceOptions"/>' members: <c>SdkKey</c>, <c>Address</c>…</param>
    public static ProgressiveDeliveryBuilder FromLaunchDarkly(this ProgressiveDeliveryBuilder builder, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);
        return builder.FromPolls(options => options.Bind(section));
    }

    /// <summary>
    /// Follows LaunchDarkly's stream of flags: changes arrive at once. Where streams may be cut, poll as the failover:
    /// <c>FromLaunchDarklyStream(sdkKey).FromLaunchDarkly(sdkKey)</c>.
    /// </summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="sdkKey">The environment's server-side SDK key.</param>
    public static ProgressiveDeliveryBuilder FromLaunchDarklyStream(this ProgressiveDeliveryBuilder builder, string sdkKey) =>
        builder.FromLaunchDarklyStream(options => options.SdkKey = sdkKey);

    /// <summary>Follows LaunchDarkly's stream of flags.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="configure">Sets the options.</param>
    public static ProgressiveDeliveryBuilder FromLaunchDarklyStream(this ProgressiveDeliveryBuilder builder, Action<LaunchDarklyStreamOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        return builder.FromStream(options => options.Configure(configure));
    }

    /// <summary>Follows LaunchDarkly's stream of flags, with options from configuration.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="section">Has <see cref="LaunchDarklyStreamOptions"/>' members: <c>SdkKey</c>, <c>Address</c>…</param>
    public static ProgressiveDeliveryBuilder FromLaunchDarklyStream(this ProgressiveDeliveryBuilder builder, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);
        return builder.FromStream(options => options.Bind(section));
    }

    private static ProgressiveDeliveryBuilder FromStream(this ProgressiveDeliveryBuilder builder, Action<OptionsBuilder<LaunchDarklyStreamOptions>> configure) =>
        builder.FromEventStream(nameof(FromLaunchDarklyStream), configure, static (options, limits) => new LaunchDarklyFormat(options.Context, limits), static _ => new LaunchDarklyEvents(), Reporter);

    private static ProgressiveDeliveryBuilder FromPolls(this ProgressiveDeliveryBuilder builder, Action<OptionsBuilder<LaunchDarklySourceOptions>> configure) =>
        builder.FromHttp(nameof(FromLaunchDarkly), configure, static (options, limits) => new LaunchDarklyFormat(options.Context, limits), Reporter);

    private static LaunchDarklyUsageReporter? Reporter<TOptions>(TOptions options, SourceServices services)
        where TOptions : HttpEndpointOptions, ILaunchDarklyOptions =>
        options.ReportsUsage ? new(options, services.SenderTo(options)) : null;
}

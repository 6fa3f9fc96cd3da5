using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.Backends.LaunchDarkly;
using ProgressiveDelivery.Sdk.DependencyInjection;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds LaunchDarkly's flags to a client.</summary>
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
        return builder.AddSource(nameof(FromLaunchDarkly), LaunchDarklyBackend.Description, LaunchDarklyBackend.Polls, options => options.Configure(configure));
    }

    /// <summary>Polls LaunchDarkly's flags, with options from configuration.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="section">The section with the members of <see cref="LaunchDarklySourceOptions"/>: <c>SdkKey</c>, <c>Address</c>…</param>
    public static ProgressiveDeliveryBuilder FromLaunchDarkly(this ProgressiveDeliveryBuilder builder, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);
        return builder.AddSource(nameof(FromLaunchDarkly), LaunchDarklyBackend.Description, LaunchDarklyBackend.Polls, options => options.BindOnce(section, static (from, to) => from.Bind(to)));
    }

    /// <summary>
    /// Follows LaunchDarkly's stream of flags: changes arrive at once. If streams may be cut, poll as the failover:
    /// <c>FromLaunchDarklyStream(sdkKey).FromLaunchDarkly(sdkKey)</c>.
    /// </summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="sdkKey">The environment's server-side SDK key.</param>
    public static ProgressiveDeliveryBuilder FromLaunchDarklyStream(this ProgressiveDeliveryBuilder builder, string sdkKey) =>
        builder.FromLaunchDarklyStream(options => options.SdkKey = sdkKey);

    /// <summary>Follows LaunchDarkly's stream of flags.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="configure">Sets the options.</param>
    public static ProgressiveDeliveryBuilder FromLaunchDarklyStream(this ProgressiveDeliveryBuilder builder, Action<LaunchDarklySourceOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        return builder.FromStream(options => options.Configure(configure));
    }

    /// <summary>Follows LaunchDarkly's stream of flags, with options from configuration.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="section">The section with the members of <see cref="LaunchDarklySourceOptions"/>: <c>SdkKey</c>, <c>Address</c>…</param>
    public static ProgressiveDeliveryBuilder FromLaunchDarklyStream(this ProgressiveDeliveryBuilder builder, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);
        return builder.FromStream(options => options.BindOnce(section, static (from, to) => from.Bind(to)));
    }

    /// <summary>
    /// Sends LaunchDarkly single events, beside the summaries of usage: of answers that are tracked or debugged there or part of an experiment, of each context once in a while, and of
    /// outcomes given to <see cref="ProgressiveDelivery.Sdk.IFeatureClient.Track"/>. They contain contexts, without private attributes.
    /// </summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="sdkKey">The environment's server-side SDK key.</param>
    public static ProgressiveDeliveryBuilder SendEventsToLaunchDarkly(this ProgressiveDeliveryBuilder builder, string sdkKey) =>
        builder.SendEventsToLaunchDarkly(options => options.SdkKey = sdkKey);

    /// <summary>Sends LaunchDarkly single events.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="configure">Sets the options; the SDK key at least.</param>
    public static ProgressiveDeliveryBuilder SendEventsToLaunchDarkly(this ProgressiveDeliveryBuilder builder, Action<LaunchDarklyEventOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        return builder.AddBackendSink(nameof(SendEventsToLaunchDarkly), LaunchDarklyEventBackend.Description, options => options.Configure(configure));
    }

    /// <summary>Sends LaunchDarkly single events, with options from configuration.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="section">The section with the members of <see cref="LaunchDarklyEventOptions"/>: <c>SdkKey</c>, <c>PrivateAttributes</c>…</param>
    public static ProgressiveDeliveryBuilder SendEventsToLaunchDarkly(this ProgressiveDeliveryBuilder builder, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);
        return builder.AddBackendSink(nameof(SendEventsToLaunchDarkly), LaunchDarklyEventBackend.Description, options => options.BindOnce(section, static (from, to) => from.Bind(to)));
    }

    private static ProgressiveDeliveryBuilder FromStream(this ProgressiveDeliveryBuilder builder, Action<OptionsBuilder<LaunchDarklySourceOptions>> configure) =>
        builder.AddSource(nameof(FromLaunchDarklyStream), LaunchDarklyBackend.Description, LaunchDarklyBackend.Stream, options =>
        {
            options.Configure(static streamed => streamed.Address = LaunchDarklyBackend.StreamingService);
            configure(options);
        });
}

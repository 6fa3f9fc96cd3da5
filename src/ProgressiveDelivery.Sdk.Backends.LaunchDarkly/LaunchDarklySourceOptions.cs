using ProgressiveDelivery.Sdk.DependencyInjection;
using ProgressiveDelivery.Sdk.Sources.Http;

namespace ProgressiveDelivery.Sdk.Backends.LaunchDarkly;

/// <summary>
/// Options for polling or streaming flags from LaunchDarkly, or from a Relay Proxy. The default <see cref="HttpEndpointOptions.Address"/> is
/// <c>https://sdk.launchdarkly.com</c>, and of a stream <c>https://stream.launchdarkly.com</c>. The source polls every 30 seconds by default, which is LaunchDarkly's own minimum.
/// </summary>
public sealed class LaunchDarklySourceOptions : HttpSourceOptions
{
    /// <summary>Sets the defaults.</summary>
    public LaunchDarklySourceOptions() => Address = LaunchDarklyBackend.PollingService;

    /// <summary>The environment's server-side SDK key. Required. Never logged.</summary>
    public string? SdkKey { get; set; }

    /// <summary>The key of a payload filter; null by default, for all flags.</summary>
    public string? Filter { get; set; }

    /// <summary>The silence, without even comments, after which a stream counts as dead and is opened anew. Default: five minutes; at most an hour. Polls ignore it.</summary>
    public TimeSpan HeartbeatTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The mapping of contexts to LaunchDarkly's. Default: that of <see cref="LaunchDarklyContextMapping"/>.</summary>
    public LaunchDarklyContextMapping Context { get; set; } = new();

    /// <summary>
    /// Indicates whether the client reports usage to LaunchDarkly, every <see cref="ProgressiveDeliveryOptions.UsageInterval"/>: how often each flag served each variation. These summary
    /// events contain no contexts. Default: true.
    /// </summary>
    public bool ReportsUsage { get; set; } = true;

    /// <summary>The address of events. Default: null, for <see cref="HttpEndpointOptions.Address"/> if that was set, else for <c>https://events.launchdarkly.com</c>.</summary>
    public Uri? EventsAddress { get; set; }

    /// <summary>This client's own name among those of the environment.</summary>
    internal string InstanceId { get; } = Guid.NewGuid().ToString();
}

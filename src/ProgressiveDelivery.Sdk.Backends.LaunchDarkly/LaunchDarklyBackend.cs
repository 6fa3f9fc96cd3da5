using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.DependencyInjection;
using ProgressiveDelivery.Sdk.Sources.Http;

namespace ProgressiveDelivery.Sdk.Backends.LaunchDarkly;

/// <summary>The description of LaunchDarkly, or of a Relay Proxy: its addresses, headers, documents, events and reports.</summary>
internal static class LaunchDarklyBackend
{
    public static readonly Uri PollingService = new("https://sdk.launchdarkly.com");
    public static readonly Uri StreamingService = new("https://stream.launchdarkly.com");
    public static readonly Uri EventsService = new("https://events.launchdarkly.com");

    /// <summary>The header that tells the form of events.</summary>
    public static readonly KeyValuePair<string, string> EventSchema = new("X-LaunchDarkly-Event-Schema", "4");

    public static Backend<LaunchDarklySourceOptions> Description { get; } = new()
    {
        Format = static (options, limits) => new LaunchDarklyFormat(options.Context, limits),
        Context = static options => options.Context,
        Headers = static options => [new("Authorization", options.SdkKey!)],
        Credentials = nameof(LaunchDarklySourceOptions.SdkKey),
        Validate = Validate,
        Report = static (options, services) => options.ReportsUsage ? new LaunchDarklyUsageReporter(options, services.SenderTo(options)) : null,
    };

    public static BackendPolls<LaunchDarklySourceOptions> Polls { get; } = new()
    {
        Address = static options => HttpBackend.Below(options.Address!, "sdk/latest-all", ("filter", options.Filter)),
        InstanceHeaders = InstanceHeaders,
    };

    public static BackendStream<LaunchDarklySourceOptions> Stream { get; } = new()
    {
        Address = static options => HttpBackend.Below(options.Address!, "all", ("filter", options.Filter)),
        InstanceHeaders = InstanceHeaders,
        Events = static _ => new LaunchDarklyEvents(),
        HeartbeatTimeout = static options => options.HeartbeatTimeout,
        CommentsAreHeartbeats = true,
    };

    /// <summary>Returns the full address that events are sent to.</summary>
    public static Uri EventsAddressOf(LaunchDarklySourceOptions options)
    {
        var isService = options.Address == PollingService || options.Address == StreamingService;
        return Bulk(options.EventsAddress ?? (isService ? EventsService : options.Address!));
    }

    /// <summary>Returns the full address of events below an address.</summary>
    public static Uri Bulk(Uri address) => HttpBackend.Below(address, "bulk");

    private static IEnumerable<KeyValuePair<string, string>> InstanceHeaders(LaunchDarklySourceOptions options) => [new("X-LaunchDarkly-Instance-Id", options.InstanceId)];

    private static void Validate(LaunchDarklySourceOptions options, ValidateOptionsResultBuilder errors)
    {
        HttpBackend.Require(errors, options.SdkKey, nameof(options.SdkKey), "the server-side SDK key of the environment, sdk-…");
        HttpBackend.CheckAddress(errors, options.EventsAddress, nameof(options.EventsAddress));
    }
}

using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.DependencyInjection;
using ProgressiveDelivery.Sdk.Sources.Http;
using ProgressiveDelivery.Sdk.Sources.Streaming;

namespace ProgressiveDelivery.Sdk.Backends.LaunchDarkly;

/// <summary>
/// How flags are streamed from LaunchDarkly, or from a Relay Proxy. <see cref="HttpEndpointOptions.Address"/> is
/// <c>https://stream.launchdarkly.com</c> by default; a stream that is silent for five minutes, comments included, counts as dead.
/// </summary>
public sealed class LaunchDarklyStreamOptions : StreamSourceOptions, ILaunchDarklyOptions
{
    private static readonly Uri Service = new("https://stream.launchdarkly.com");
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(5);

    private readonly string _instanceId = Guid.NewGuid().ToString();

    /// <summary>Sets the defaults.</summary>
    public LaunchDarklyStreamOptions() => (Address, HeartbeatTimeout) = (Service, LongestSilence);

    /// <summary>The environment's server-side SDK key. Required. Never logged.</summary>
    public string? SdkKey { get; set; }

    /// <summary>The key of a payload filter; null by default: all flags.</summary>
    public string? Filter { get; set; }

    /// <summary>How contexts stand for LaunchDarkly's. By default what <see cref="LaunchDarklyContextMapping"/> says.</summary>
    public LaunchDarklyContextMapping Context { get; set; } = new();

    /// <summary>
    /// Whether LaunchDarkly is told, every <see cref="ProgressiveDeliveryOptions.UsageInterval"/>, how often each flag served which variation: its summary events, without anybody's
    /// context. True by default.
    /// </summary>
    public bool ReportsUsage { get; set; } = true;

    /// <summary>Where events are sent; null by default: to <c>https://events.launchdarkly.com</c>, or, where <see cref="HttpEndpointOptions.Address"/> was set, there.</summary>
    public Uri? EventsAddress { get; set; }

    Uri ILaunchDarklyOptions.EventsEndpoint => Below(EventsAddress ?? (Address == Service ? LaunchDarklyUsageReporter.Service : Address!), "bulk");

    /// <inheritdoc/>
    protected override Uri? Endpoint =>
        Address is { IsAbsoluteUri: true } address ? Below(address, "all", ("filter", Filter)) : null;

    /// <inheritdoc/>
    protected override bool CommentsAreHeartbeats => true;

    /// <inheritdoc/>
    protected override IEnumerable<KeyValuePair<string, string>> BackendHeaders => [new("Authorization", SdkKey!)];

    /// <inheritdoc/>
    protected override IEnumerable<KeyValuePair<string, string>> InstanceHeaders => [new("X-LaunchDarkly-Instance-Id", _instanceId)];

    /// <inheritdoc/>
    protected override void Validate(ValidateOptionsResultBuilder errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        Require(errors, SdkKey, nameof(SdkKey), "the server-side SDK key of the environment, sdk-…");
        CheckAddress(errors, EventsAddress, nameof(EventsAddress));
        if (Context is null)
            errors.AddError("it is null; give a mapping, or leave it out.", nameof(Context));
    }
}

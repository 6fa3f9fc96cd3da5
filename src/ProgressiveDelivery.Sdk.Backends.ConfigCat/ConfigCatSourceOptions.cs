using ProgressiveDelivery.Sdk.Sources.Http;

namespace ProgressiveDelivery.Sdk.Backends.ConfigCat;

/// <summary>
/// Options for polling a config from ConfigCat's content delivery network, or from a ConfigCat Proxy, every 60 seconds by default.
/// </summary>
/// <remarks>
/// The default <see cref="HttpEndpointOptions.Address"/> is <c>https://cdn-global.configcat.com</c>. ConfigCat may redirect a config, because its data may be in the
/// European Union only. The source follows the redirect; if you set an address of your own, only if the redirect insists. The target
/// receives the SDK key. It must belong to ConfigCat (https, below <c>configcat.com</c>), have the same origin, or be in <see cref="RedirectAddresses"/>.
/// </remarks>
public sealed class ConfigCatSourceOptions : HttpSourceOptions
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(60);

    /// <summary>Sets the defaults.</summary>
    public ConfigCatSourceOptions() => (Address, PollingInterval) = (ConfigCatBackend.Service, Interval);

    /// <summary>The environment's SDK key. Required. Never logged.</summary>
    public string? SdkKey { get; set; }

    /// <summary>The parts of a context that stand for ConfigCat's user object. Default: those of <see cref="ConfigCatContextMapping"/>.</summary>
    public ConfigCatContextMapping Context { get; set; } = new();

    /// <summary>Local values for some flags; null by default, for none.</summary>
    public ConfigCatOverrides? Overrides { get; set; }

    /// <summary>Further addresses that a config may redirect to, each with scheme, host and port; none by default.</summary>
    public IList<Uri> RedirectAddresses { get; } = [];
}

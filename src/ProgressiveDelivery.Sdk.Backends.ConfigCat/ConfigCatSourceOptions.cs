using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.Sources.Http;

namespace ProgressiveDelivery.Sdk.Backends.ConfigCat;

/// <summary>
/// How a config is polled from ConfigCat's content delivery network, or from a ConfigCat Proxy, every 60 seconds by default.
/// </summary>
/// <remarks>
/// <see cref="HttpEndpointOptions.Address"/> is <c>https://cdn-global.configcat.com</c> by default. A config of which ConfigCat says that it is to be
/// read elsewhere, because its data may be in the European Union only, is read there; not so where you give an address of your own, unless it insists.
/// </remarks>
public sealed class ConfigCatSourceOptions : HttpSourceOptions
{
    private const string EuropeanHost = "cdn-eu.configcat.com";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(60);
    private static readonly Uri Global = new("https://cdn-global.configcat.com");

    /// <summary>Sets the defaults.</summary>
    public ConfigCatSourceOptions() => (Address, PollingInterval) = (Global, Interval);

    /// <summary>The environment's SDK key. Required. Never logged.</summary>
    public string? SdkKey { get; set; }

    /// <summary>What stands for ConfigCat's user object. By default what <see cref="ConfigCatContextMapping"/> says.</summary>
    public ConfigCatContextMapping Context { get; set; } = new();

    /// <summary>Local values for some flags; null by default: none.</summary>
    public ConfigCatOverrides? Overrides { get; set; }

    /// <inheritdoc/>
    protected override Uri? Endpoint => Address is { IsAbsoluteUri: true } address && SdkKey is not null ? ConfigBelow(address) : null;

    private bool IsOwnAddress => Address!.Host != Global.Host && Address.Host != EuropeanHost;

    /// <inheritdoc/>
    protected override IEnumerable<KeyValuePair<string, string>> InstanceHeaders =>
        [new("X-ConfigCat-UserAgent", $"ConfigCat-ProgressiveDelivery/a-{typeof(ConfigCatSourceOptions).Assembly.GetName().Version!.ToString(3)}")];

    /// <inheritdoc/>
    protected override Uri? NextEndpoint(ReadOnlyMemory<byte> document, Uri endpoint) =>
        ConfigRedirect.Of(document) is { } redirect && (redirect.Insists || !IsOwnAddress) && ConfigBelow(redirect.To) is var next && next != endpoint ? next : null;

    /// <inheritdoc/>
    protected override void Validate(ValidateOptionsResultBuilder errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        Require(errors, SdkKey, nameof(SdkKey), "the SDK key of the environment");
        if (Context is null)
            errors.AddError("it is null; give a mapping, or leave it out.", nameof(Context));
    }

    private Uri ConfigBelow(Uri address) => Below(address, $"configuration-files/{SdkKey}/config_v6.json");
}

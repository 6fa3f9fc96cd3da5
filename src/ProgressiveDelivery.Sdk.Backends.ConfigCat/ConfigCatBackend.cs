using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.DependencyInjection;
using ProgressiveDelivery.Sdk.Sources.Http;

namespace ProgressiveDelivery.Sdk.Backends.ConfigCat;

/// <summary>The description of ConfigCat's content delivery network, or of a ConfigCat Proxy: its addresses, redirects and documents.</summary>
internal static class ConfigCatBackend
{
    public static readonly Uri Service = new("https://cdn-global.configcat.com");

    private const string OwnDomain = ".configcat.com";
    private const string EuropeanHost = "cdn-eu.configcat.com";

    public static Backend<ConfigCatSourceOptions> Description { get; } = new()
    {
        Format = static (options, limits) => new ConfigCatFormat(options.Context, options.Overrides, limits),
        Context = static options => options.Context,
        Credentials = nameof(ConfigCatSourceOptions.SdkKey),
        Validate = Validate,
    };

    public static BackendPolls<ConfigCatSourceOptions> Polls { get; } = new()
    {
        Address = static options => ConfigBelow(options.Address!, options),
        InstanceHeaders = static _ => [new("X-ConfigCat-UserAgent", $"ConfigCat-ProgressiveDelivery/a-{typeof(ConfigCatBackend).Assembly.GetName().Version!.ToString(3)}")],
        NextAddress = NextAddress,
        IsTrusted = IsTrusted,
    };

    private static Uri? NextAddress(ConfigCatSourceOptions options, ReadOnlyMemory<byte> document, Uri address) =>
        ConfigRedirect.Of(document) is { } redirect && (redirect.Insists || !IsOwnAddress(options.Address!)) && ConfigBelow(redirect.To, options) is var next && next != address ? next : null;

    private static bool IsOwnAddress(Uri address) => address.Host != Service.Host && address.Host != EuropeanHost;

    private static bool IsTrusted(ConfigCatSourceOptions options, Uri next) =>
        (next.Scheme == Uri.UriSchemeHttps && next.IsDefaultPort && next.Host.EndsWith(OwnDomain, StringComparison.OrdinalIgnoreCase))
        || options.RedirectAddresses.Prepend(options.Address!).Any(address => Uri.Compare(address, next, UriComponents.SchemeAndServer | UriComponents.StrongPort, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0);

    private static void Validate(ConfigCatSourceOptions options, ValidateOptionsResultBuilder errors)
    {
        HttpBackend.Require(errors, options.SdkKey, nameof(options.SdkKey), "the SDK key of the environment");
        foreach (var address in options.RedirectAddresses)
            HttpBackend.CheckAddress(errors, address, nameof(options.RedirectAddresses));
    }

    private static Uri ConfigBelow(Uri address, ConfigCatSourceOptions options) => HttpBackend.Below(address, $"configuration-files/{options.SdkKey}/config_v6.json");
}

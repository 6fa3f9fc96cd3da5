using System.Net.Http.Headers;
using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.DependencyInjection;
using ProgressiveDelivery.Sdk.Sources.Http;

namespace ProgressiveDelivery.Sdk.Backends.GrowthBook;

/// <summary>The description of GrowthBook, or of a GrowthBook Proxy: its addresses, announcements of changes and documents.</summary>
internal static class GrowthBookBackend
{
    public static Backend<GrowthBookSourceOptions> Description { get; } = new()
    {
        Format = static (options, limits) => new GrowthBookFormat(options.Context, options.DecryptionKey, limits) { StickyBucketing = options.StickyBucketing },
        Context = static options => options.Context,
        Credentials = nameof(GrowthBookSourceOptions.ClientKey),
        Validate = Validate,
    };

    public static BackendPolls<GrowthBookSourceOptions> Polls { get; } = new()
    {
        Address = static options => HttpBackend.Below(options.Address!, $"api/features/{Uri.EscapeDataString(options.ClientKey!)}"),
        ChangesAddress = ChangesAddress,
        ReportsChange = static (_, eventType) => eventType is "features" or "features-updated",
    };

    private static Uri? ChangesAddress(GrowthBookSourceOptions options, HttpResponseHeaders headers) =>
        headers.TryGetValues("x-sse-support", out var values) && values.Contains("enabled", StringComparer.OrdinalIgnoreCase)
            ? HttpBackend.Below(options.StreamingAddress ?? options.Address!, $"sub/{Uri.EscapeDataString(options.ClientKey!)}")
            : null;

    private static void Validate(GrowthBookSourceOptions options, ValidateOptionsResultBuilder errors)
    {
        HttpBackend.Require(errors, options.ClientKey, nameof(options.ClientKey), "the client key of the SDK connection, sdk-…");
        if (options.DecryptionKey is not null && !EncryptedText.IsKey(options.DecryptionKey))
            errors.AddError("it is no key; give the SDK connection's, 16 bytes in Base64, or leave it out.", nameof(options.DecryptionKey));
        HttpBackend.CheckAddress(errors, options.StreamingAddress, nameof(options.StreamingAddress));
    }
}

using Microsoft.AspNetCore.Http;

namespace ProgressiveDelivery.Sdk.AspNetCore.Gates;

/// <summary>Addresses of this site: <c>/path</c> or <c>~/path</c>.</summary>
internal static class LocalAddress
{
    private const string ApplicationRoot = "~";

    // Browsers read "//host" and "/\host" as another site, and drop control characters before they look.
    public static void ThrowIfForeign(string address)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(address);
        var path = address.StartsWith(ApplicationRoot, StringComparison.Ordinal) ? address.AsSpan(ApplicationRoot.Length) : address;
        var isLocal = path is ['/', ..] and not ['/', '/' or '\\', ..];
        if (!isLocal || address.Any(char.IsControl))
            throw new ArgumentException($"The address '{address}' is not one of this site. Give a path that starts with '/' or '~/'; for another site use {nameof(GateResponse)}.{nameof(GateResponse.RedirectToSite)}.", nameof(address));
    }

    /// <summary>Returns the address as a client must ask for it.</summary>
    public static string In(PathString pathBase, string address) =>
        address.StartsWith(ApplicationRoot, StringComparison.Ordinal) ? pathBase.ToUriComponent() + address[ApplicationRoot.Length..] : address;
}

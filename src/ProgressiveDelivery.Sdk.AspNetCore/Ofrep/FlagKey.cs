using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ProgressiveDelivery.Sdk.AspNetCore.Ofrep;

/// <summary>The flag's key in the path of a request.</summary>
internal static class FlagKey
{
    /// <summary>The path in front of a key.</summary>
    public const string Prefix = "/ofrep/v1/evaluate/flags";

    /// <summary>The name of the route value.</summary>
    public const string RouteValue = "key";

    // A server leaves the one octet as it is, so that an encoded slash is no separator; a '%' that was encoded itself looks the same afterwards.
    private const string EncodedSlash = "%2F";

    /// <summary>Returns the key.</summary>
    public static string Of(HttpContext http)
    {
        var key = http.Request.RouteValues[RouteValue] as string ?? "";
        if (!key.Contains(EncodedSlash, StringComparison.OrdinalIgnoreCase))
            return key;
        return AsSent(http) is { } sent && IsSame(sent, key) ? sent : key.Replace(EncodedSlash, "/", StringComparison.OrdinalIgnoreCase);
    }

    // A middleware may have rewritten the path: then what was sent is another one.
    private static bool IsSame(string sent, string key) =>
        sent.Replace(EncodedSlash, "/", StringComparison.OrdinalIgnoreCase) == key.Replace(EncodedSlash, "/", StringComparison.OrdinalIgnoreCase);

    private static string? AsSent(HttpContext http)
    {
        if (http.Features.Get<IHttpRequestFeature>()?.RawTarget is not { } target)
            return null;
        var path = target.Split('?')[0];
        var begin = path.IndexOf(Prefix + "/", StringComparison.OrdinalIgnoreCase);
        return begin < 0 ? null : Uri.UnescapeDataString(path[(begin + Prefix.Length + 1)..]);
    }
}

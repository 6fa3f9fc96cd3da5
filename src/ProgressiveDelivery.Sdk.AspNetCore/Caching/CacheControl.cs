using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace ProgressiveDelivery.Sdk.AspNetCore.Caching;

/// <summary>Keeps a response out of caches that users share.</summary>
internal static class CacheControl
{
    private const string Private = "private";

    /// <summary>Sets <c>private</c> in place of <c>public</c> and <c>s-maxage</c>, keeps the rest, and removes the headers that speak to the caches of content networks alone.</summary>
    public static void MakePrivate(IHeaderDictionary headers)
    {
        headers.CacheControl = Stricter(headers.CacheControl.ToString());
        foreach (var name in headers.Keys.Where(IsForNetworks).ToList())
            headers.Remove(name);
    }

    private static string Stricter(string current)
    {
        if (!CacheControlHeaderValue.TryParse(current, out var value))
            return Private;
        if (value.NoStore)
            return current;
        value.Public = false;
        value.SharedMaxAge = null;
        value.ProxyRevalidate = false;
        value.Private = true;
        value.PrivateHeaders.Clear();       // Of single headers: it allows the rest to be shared.
        return value.ToString();
    }

    // RFC 9213, and what came before it.
    private static bool IsForNetworks(string name) =>
        name.EndsWith("CDN-Cache-Control", StringComparison.OrdinalIgnoreCase) || name.Equals("Surrogate-Control", StringComparison.OrdinalIgnoreCase);
}

using Microsoft.AspNetCore.Http;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics;

/// <summary>Keeps relative links right: the overview ends with a slash, other screens do not.</summary>
internal static class CanonicalPath
{
    /// <summary>Returns the address to go to, relative to the one requested, so that it holds under any prefix and behind any proxy; null if the address is right.</summary>
    public static string? Correct(HttpContext http, string screen)
    {
        var path = (http.Request.PathBase + http.Request.Path).ToUriComponent();
        var endsWithSlash = path.EndsWith('/');
        if (screen.Length == 0)
            return endsWithSlash || path.Length == 0 ? null : "./" + path[(path.LastIndexOf('/') + 1)..] + "/" + http.Request.QueryString.ToUriComponent();
        return endsWithSlash ? "../" + screen + http.Request.QueryString.ToUriComponent() : null;
    }
}

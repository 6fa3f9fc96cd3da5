using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace ProgressiveDelivery.Sdk.AspNetCore.Overrides;

/// <summary>Marks a request whose overrides were read, and keeps the response out of caches if there are any.</summary>
/// <param name="isOverridden">True if a flag is overridden.</param>
internal sealed class OverriddenRequest(bool isOverridden)
{
    private const string NoStore = "no-store";

    /// <summary>Returns whether the overrides of a request were read. A pipeline that handles an error runs twice.</summary>
    public static bool WasRead(HttpContext http) => http.Features.Get<OverriddenRequest>() is not null;

    /// <summary>Returns whether the flags of a request were overridden.</summary>
    public static bool Is(HttpContext http) => http.Features.Get<OverriddenRequest>()?.IsOverridden == true;

    private bool IsOverridden => isOverridden;

    /// <summary>Marks a request. The middleware for response caching, which decides before the response's headers are complete, obeys those of the request.</summary>
    public static void Mark(HttpContext http, bool isOverridden)
    {
        http.Features.Set(new OverriddenRequest(isOverridden));
        if (!isOverridden)
            return;
        http.Request.Headers.CacheControl = $"no-cache, {NoStore}";
        http.Response.OnStarting(static response => Seal((HttpResponse)response), http.Response);
    }

    private static Task Seal(HttpResponse response)
    {
        if (!HeaderUtilities.ContainsCacheDirective(response.Headers.CacheControl, NoStore))
            response.Headers.CacheControl = $"private, {NoStore}";
        return Task.CompletedTask;
    }
}

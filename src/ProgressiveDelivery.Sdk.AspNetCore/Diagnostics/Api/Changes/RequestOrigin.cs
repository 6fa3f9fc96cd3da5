using Microsoft.AspNetCore.Http;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Api.Changes;

/// <summary>Judges by the headers of a browser from where a request comes. Together with the content type, which another site cannot send without being asked first, it takes the place of a form's token.</summary>
internal static class RequestOrigin
{
    /// <summary>Returns true for a request of a browser that shows another site. Other programs send neither header.</summary>
    public static bool IsElsewhere(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site)
            return site != "same-origin";
        return request.Headers.Origin.ToString() is { Length: > 0 } origin
            && !(Uri.TryCreate(origin, UriKind.Absolute, out var address) && IsSame(address, request));
    }

    // The scheme is not compared: behind a proxy that ends TLS it is not known here.
    private static bool IsSame(Uri origin, HttpRequest request) =>
        origin.Host.Equals(request.Host.Host, StringComparison.OrdinalIgnoreCase) && (request.Host.Port is { } port ? port == origin.Port : origin.IsDefaultPort);
}

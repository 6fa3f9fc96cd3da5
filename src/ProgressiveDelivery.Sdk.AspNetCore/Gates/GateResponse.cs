using System.Globalization;
using Microsoft.AspNetCore.Http;
using ProgressiveDelivery.Sdk.AspNetCore.Gates;

namespace ProgressiveDelivery.Sdk.AspNetCore;

/// <summary>The response to a request that a gate refuses. Immutable, and safe to share.</summary>
public sealed class GateResponse
{
    private static readonly TimeSpan MaxRetryAfter = TimeSpan.FromDays(365);

    private readonly string _name;
    private readonly Func<HttpContext, GateRefusal, Task> _write;

    private GateResponse(string name, Func<HttpContext, GateRefusal, Task> write)
    {
        _name = name;
        _write = write;
    }

    /// <summary>The status 404 without a body, as for an address that no endpoint has. Middleware for error pages treats both alike.</summary>
    public static GateResponse NotFound { get; } = Status(StatusCodes.Status404NotFound);

    /// <summary>The status 403 without a body. It does not sign the user in: a user with more rights is refused too.</summary>
    public static GateResponse Forbidden { get; } = Status(StatusCodes.Status403Forbidden);

    /// <summary>Returns a response of a status without a body.</summary>
    /// <param name="statusCode">The status, from 400 to 599.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="statusCode"/> is not from 400 to 599.</exception>
    public static GateResponse Status(int statusCode)
    {
        if (statusCode is < 400 or > 599)
            throw new ArgumentOutOfRangeException(nameof(statusCode), statusCode, "The status of a refused request must be an error. Give 400 to 599; for a redirect use GateResponse.RedirectTo.");
        return new(statusCode.ToString(CultureInfo.InvariantCulture), (http, _) =>
        {
            http.Response.StatusCode = statusCode;
            return Task.CompletedTask;
        });
    }

    /// <summary>Returns a response of the status 503 without a body, with the header <c>Retry-After</c> in seconds.</summary>
    /// <param name="retryAfter">The time after which a client should try again: from one second to 365 days, rounded up to seconds.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="retryAfter"/> is out of range.</exception>
    public static GateResponse Unavailable(TimeSpan retryAfter)
    {
        if (retryAfter < TimeSpan.FromSeconds(1) || retryAfter > MaxRetryAfter)
            throw new ArgumentOutOfRangeException(nameof(retryAfter), retryAfter, $"The time is out of range. Give 00:00:01 to {MaxRetryAfter}.");
        var seconds = ((long)Math.Ceiling(retryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return new("503", (http, _) =>
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            http.Response.Headers.RetryAfter = seconds;
            return Task.CompletedTask;
        });
    }

    /// <summary>Returns a redirect (302) to an address of this site. A gate on that address itself would redirect for ever.</summary>
    /// <param name="address">A path that starts with <c>/</c>, from the root of the host, or with <c>~/</c>, from that of the application; a query may follow.</param>
    /// <exception cref="ArgumentException"><paramref name="address"/> is empty, relative or leads to another site.</exception>
    public static GateResponse RedirectTo(string address)
    {
        LocalAddress.ThrowIfForeign(address);
        return new("redirect to " + address, (http, _) =>
        {
            http.Response.Redirect(LocalAddress.In(http.Request.PathBase, address));
            return Task.CompletedTask;
        });
    }

    /// <summary>Returns a redirect (302) to another site.</summary>
    /// <param name="address">An absolute address of <c>http</c> or <c>https</c>, fixed in code: never take it from a request.</param>
    /// <exception cref="ArgumentException"><paramref name="address"/> is relative, or of another scheme.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="address"/> is null.</exception>
    public static GateResponse RedirectToSite(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (!address.IsAbsoluteUri || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps))
            throw new ArgumentException($"The address '{address.OriginalString}' is not an absolute address of http or https. Give one, or use GateResponse.RedirectTo for a path of this site.", nameof(address));
        var target = address.AbsoluteUri;
        return new("redirect to " + target, (http, _) =>
        {
            http.Response.Redirect(target);
            return Task.CompletedTask;
        });
    }

    /// <summary>Returns a response that your code writes. The endpoint does not run. An exception goes to the middleware for errors, as one of the endpoint would.</summary>
    /// <param name="write">Writes the response. It may run on any thread, and for several requests at once.</param>
    /// <exception cref="ArgumentNullException"><paramref name="write"/> is null.</exception>
    public static GateResponse Custom(Func<HttpContext, GateRefusal, Task> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        return new("custom", write);
    }

    /// <summary>The response in words.</summary>
    public override string ToString() => _name;

    internal Task WriteAsync(HttpContext http, GateRefusal refusal) => _write(http, refusal);
}

using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ProgressiveDelivery.Sdk.AspNetCore.Requests;

/// <summary>Finds out if a request comes from this machine, by its connection and not by what it claims.</summary>
internal static class LocalConnection
{
    // The middleware for forwarded headers replaces the address by one that the client wrote, and keeps the true one in X-Original-For.
    private static readonly string[] Forwarding = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Original-For", "X-Original-Host", "X-Real-IP", "Via"];

    /// <summary>Returns true for a connection from a loopback address, without a proxy, to a name of this machine.</summary>
    public static bool IsLocal(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } remote && IPAddress.IsLoopback(remote) && !IsForwarded(http) && IsNameOfThisMachine(http.Request.Host.Host);

    private static bool IsForwarded(HttpContext http)
    {
        var headers = http.Request.Headers;
        if (Forwarding.Any(headers.ContainsKey))
            return true;
        var options = http.RequestServices.GetService<IOptions<ForwardedHeadersOptions>>()?.Value;
        return options is not null && (headers.ContainsKey(options.ForwardedForHeaderName) || headers.ContainsKey(options.OriginalForHeaderName));
    }

    // A name of another site that resolves to this machine makes a browser here send that site's requests (DNS rebinding).
    private static bool IsNameOfThisMachine(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}

using Microsoft.Extensions.Logging;

namespace ProgressiveDelivery.Sdk.AspNetCore.Gates;

/// <summary>The messages of gates: 2040 to 2059.</summary>
internal static partial class Log
{
    [LoggerMessage(2040, LogLevel.Error, "The gate of flag {Flag} at '{Endpoint}' was reached before authentication, and judges every user as an anonymous one. Call UseAuthentication first: after UseRouting, and before UseEndpoints and UseWhenFeature. Logged once.")]
    public static partial void GateBeforeAuthentication(this ILogger logger, string flag, string endpoint);

    [LoggerMessage(2041, LogLevel.Warning, "The gate of flag {Flag} refused a request to '{Path}', but the response had already started and stays as it is. The endpoint did not run. Find the middleware that writes before the endpoint.")]
    public static partial void ResponseHasStarted(this ILogger logger, string flag, string path);
}

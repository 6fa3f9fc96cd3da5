using Microsoft.Extensions.Logging;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics;

/// <summary>The messages about the page: 2100 to 2109.</summary>
internal static partial class Log
{
    [LoggerMessage(2100, LogLevel.Warning, "The diagnostics page at '{Pattern}' has no policy, and refused a request from {Remote}. Set FeatureDiagnosticsOptions.ViewPolicy, or call RequireAuthorization on what MapFeatureDiagnostics returns.")]
    public static partial void ViewRefused(this ILogger logger, string pattern, string remote);

    [LoggerMessage(2101, LogLevel.Warning, "Client {Client}: an act of {User} at '{Path}' was refused, and nothing was done. {Reason}")]
    public static partial void ActRefused(this ILogger logger, string client, string user, string path, string reason);

    [LoggerMessage(2102, LogLevel.Warning, "Client {Client}: {Max} listeners follow the diagnostics page already. A further one was refused; its page works without live update.")]
    public static partial void TooManyListeners(this ILogger logger, string client, int max);

    [LoggerMessage(2103, LogLevel.Error, "Client {Client}: the state of the client cannot be read for the diagnostics page. Its live update tries again in a second.")]
    public static partial void StreamFailed(this ILogger logger, Exception fault, string client);
}

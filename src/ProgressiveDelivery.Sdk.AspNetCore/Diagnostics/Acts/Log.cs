using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.Control;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Acts;

/// <summary>The messages about acts: 2110 to 2119.</summary>
internal static partial class Log
{
    [LoggerMessage(2110, LogLevel.Warning, "Client {Client}: the act '{Act}' of {User} on '{Subject}' was denied, and nothing was done. {Reason}")]
    public static partial void ActDenied(this ILogger logger, string client, string user, string act, string subject, string reason);

    [LoggerMessage(2111, LogLevel.Information, "Client {Client}: the act '{Act}' of {User} on '{Subject}' was not done: {Result}. {Reason}")]
    public static partial void ActNotDone(this ILogger logger, string client, string user, string act, string subject, ControlResult result, string reason);
}

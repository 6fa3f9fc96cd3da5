using Microsoft.Extensions.Logging;

namespace ProgressiveDelivery.Sdk.Blazor;

/// <summary>The log messages of this package.</summary>
internal static partial class Log
{
    [LoggerMessage(2080, LogLevel.Warning, "The user of a Blazor circuit cannot be determined: flags are evaluated for an anonymous visitor. Check the AuthenticationStateProvider.")]
    public static partial void UserUnknown(this ILogger logger, Exception fault);
}

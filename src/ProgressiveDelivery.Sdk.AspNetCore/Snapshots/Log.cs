using Microsoft.Extensions.Logging;

namespace ProgressiveDelivery.Sdk.AspNetCore.Snapshots;

/// <summary>The messages of endpoints that serve snapshots: 2140 to 2159.</summary>
internal static partial class Log
{
    [LoggerMessage(2140, LogLevel.Error, "Snapshots of client '{Client}' are not served: {Fault} Logged once for each reason.")]
    public static partial void NotServed(this ILogger logger, string client, string fault);

    [LoggerMessage(2141, LogLevel.Information, "A reader of the snapshots of client '{Client}' took no data for {WriteTimeout}. Its connection was cut.")]
    public static partial void ReaderTooSlow(this ILogger logger, string client, TimeSpan writeTimeout);

    [LoggerMessage(2142, LogLevel.Error, "{Fault} Requests are refused with 403. Logged once.")]
    public static partial void AccessNotDecided(this ILogger logger, string fault);
}

using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ProgressiveDelivery.Sdk.AspNetCore.Caching;

/// <summary>The messages on caching.</summary>
internal static partial class Log
{
    [LoggerMessage(2060, LogLevel.Debug, "The output cache does not store the response of '{Path}': the answer of flag '{Flag}' depends on the user. Add VaryByFeature(\"{Flag}\") to the endpoint's policy, or the flag to IgnoredFlags.")]
    public static partial void ResponseIsNotStored(ILogger logger, PathString path, string flag);

    [LoggerMessage(2061, LogLevel.Warning, "The output cache does not store the response of '{Path}': flag '{Flag}' gives another variant after the request than before. Put UseAuthentication and UseAuthorization before UseOutputCache.")]
    public static partial void UserChangedAfterCache(ILogger logger, PathString path, string flag);

    [LoggerMessage(2062, LogLevel.Warning, "Responses made with flag '{Flag}' were not evicted from the output cache. They are served until they expire.")]
    public static partial void EvictionFailed(ILogger logger, Exception exception, string flag);
}

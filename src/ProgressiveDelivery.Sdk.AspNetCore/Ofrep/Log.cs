using Microsoft.Extensions.Logging;

namespace ProgressiveDelivery.Sdk.AspNetCore.Ofrep;

/// <summary>The lines about OFREP: ids 2120 to 2139. No line holds a context or a key that a caller sent.</summary>
internal static partial class Log
{
    [LoggerMessage(2120, LogLevel.Error, "OFREP: a question failed, and was answered with status 500. Report it with the exception.")]
    public static partial void QuestionFailed(this ILogger logger, Exception exception);

    [LoggerMessage(2121, LogLevel.Warning, "OFREP: a subscriber of the event stream was rejected, since {MaxSubscribers} are connected. Raise MaxSubscribers of OfrepOptions, or serve from more instances. Logged once.")]
    public static partial void TooManySubscribers(this ILogger logger, int maxSubscribers);
}

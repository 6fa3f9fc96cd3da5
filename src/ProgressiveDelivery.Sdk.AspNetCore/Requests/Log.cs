using Microsoft.Extensions.Logging;

namespace ProgressiveDelivery.Sdk.AspNetCore.Requests;

/// <summary>The lines about requests: ids 2000 to 2019. No line holds a value of an attribute.</summary>
internal static partial class Log
{
    [LoggerMessage(2000, LogLevel.Warning, "Client {Client}: the delegate for {Part} of the request's context failed, and it is missing. Repair the delegate. Logged once for it.")]
    public static partial void ContributorFailed(this ILogger logger, Exception exception, string client, string part);

    [LoggerMessage(2001, LogLevel.Warning, "Client {Client}: {Part} of a request's context is longer than {MaxLength} characters, or has more than {MaxValues} values, and counts as missing. Raise MaxValueLength or MaxValues of RequestOptions if such values are genuine. Logged once for it.")]
    public static partial void ValueTooLong(this ILogger logger, string client, string part, int maxLength, int maxValues);

    [LoggerMessage(2002, LogLevel.Error, "Client {Client}: the anonymous id cookie cannot be protected, and visitors without a sign-in have no targeting key. Look at the application's data protection. Logged once.")]
    public static partial void AnonymousIdFailed(this ILogger logger, Exception exception, string client);

    [LoggerMessage(2003, LogLevel.Debug, "Client {Client}: an anonymous id cookie that is forged, damaged or of another key ring was ignored.")]
    public static partial void AnonymousIdIgnored(this ILogger logger, string client);
}

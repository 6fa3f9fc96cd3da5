using Microsoft.Extensions.Logging;

namespace ProgressiveDelivery.Sdk.AspNetCore.Overrides;

/// <summary>The messages about overrides: 2020 to 2039.</summary>
internal static partial class Log
{
    [LoggerMessage(2020, LogLevel.Information, "Client {Client}: {User} overrides flag {Flag} with variant {Variant} for one request.")]
    public static partial void OverrideAccepted(this ILogger logger, string client, string user, string flag, string variant);

    [LoggerMessage(2021, LogLevel.Debug, "Client {Client}: {User} overrides flag {Flag} with variant {Variant}, but the rules have no such flag or variant. The override is ignored.")]
    public static partial void OverrideUnknown(this ILogger logger, string client, string user, string flag, string variant);

    [LoggerMessage(2022, LogLevel.Debug, "Client {Client}: {Count} parts of a request's overrides are malformed, and ignored. Write them as 'flag=variant, flag=variant'.")]
    public static partial void OverrideMalformed(this ILogger logger, string client, int count);

    [LoggerMessage(2023, LogLevel.Warning, "Client {Client}: a request brings overrides that it is not allowed to. They are ignored.")]
    public static partial void OverrideRefused(this ILogger logger, string client);

    [LoggerMessage(2024, LogLevel.Warning, "Client {Client}: a request brings too many or too long overrides. All of them are ignored.")]
    public static partial void OverrideTooLarge(this ILogger logger, string client);

    [LoggerMessage(2025, LogLevel.Warning, "Client {Client}: a request brings a cookie of overrides that is forged, too old, of another user, or encrypted by other keys. The cookie is ignored.")]
    public static partial void OverrideCookieRefused(this ILogger logger, string client);

    [LoggerMessage(2026, LogLevel.Warning, "Client {Client}: a request brings overrides, and their condition failed with an exception. They are ignored. Correct the condition.")]
    public static partial void OverrideConditionFailed(this ILogger logger, Exception fault, string client);

    [LoggerMessage(2027, LogLevel.Warning, "Client {Client}: {Count} further refusals of overrides were not logged.")]
    public static partial void OverrideRefusalsOmitted(this ILogger logger, string client, int count);

    [LoggerMessage(2028, LogLevel.Information, "Client {Client}: overrides of requests are off in the environment {Environment}. Set AllowInProduction if that is not wanted; AllowForcedVariants must not be false.")]
    public static partial void OverridesOff(this ILogger logger, string client, string environment);
}

using Microsoft.Extensions.Logging;

namespace ProgressiveDelivery.Sdk.FeatureManagement;

/// <summary>The lines that this package logs: ids 2090 to 2099. No line holds a context's attribute.</summary>
internal static partial class Log
{
    [LoggerMessage(2090, LogLevel.Warning, "Flag {Flag} is neither on nor off: its variants are values of another type. IsEnabledAsync returns false for it. Request its variant by GetVariantAsync, or define it as a boolean. Logged once for the flag.")]
    public static partial void NotOnOrOff(this ILogger logger, string flag);

    [LoggerMessage(2091, LogLevel.Warning, "A feature manager was given a context of type {Context}, which has no mapping. The flag is evaluated for the context of the scope instead. Register a mapping: ServeFeatureManagement(managers => managers.AddContext<…>(…)). Logged once for the type.")]
    public static partial void UnknownContext(this ILogger logger, Type context);

    [LoggerMessage(2092, LogLevel.Warning, "The targeting context accessor {Accessor} failed. Flags are evaluated without its user and groups until it succeeds. Make it return null where there is no user, as outside of requests. Logged once for the type of the exception.")]
    public static partial void AccessorFailed(this ILogger logger, Type accessor, Exception fault);
}

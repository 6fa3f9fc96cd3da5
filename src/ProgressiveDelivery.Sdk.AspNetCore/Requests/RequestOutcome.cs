using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace ProgressiveDelivery.Sdk.AspNetCore.Requests;

/// <summary>Judges the end of a request.</summary>
internal static class RequestOutcome
{
    private const string EventStream = "text/event-stream";

    /// <summary>Returns whether a request was served; null if its end says nothing about its variants.</summary>
    /// <param name="http">The request.</param>
    /// <param name="thrown">The exception that left the pipeline; null for none.</param>
    public static bool? Of(HttpContext http, Exception? thrown)
    {
        if (IsLeftOut(http) || http.RequestAborted.IsCancellationRequested)
            return null;
        var status = thrown switch
        {
            null => http.Response.StatusCode,
            BadHttpRequestException malformed => malformed.StatusCode,
            _ => StatusCodes.Status500InternalServerError,
        };
        return status < StatusCodes.Status500InternalServerError;
    }

    /// <summary>Leaves a request out.</summary>
    public static void LeaveOut(HttpContext http) => http.Features.Set(Omission.Instance);

    // A handler of exceptions runs as another endpoint, and keeps the first one.
    private static bool IsLeftOut(HttpContext http)
    {
        var endpoint = http.Features.Get<IExceptionHandlerFeature>()?.Endpoint ?? http.GetEndpoint();
        return endpoint?.Metadata.GetMetadata<WithoutFeatureOutcomeAttribute>() is not null || http.Features.Get<Omission>() is not null || LastsAsLongAsTheClientLikes(http);
    }

    private static bool LastsAsLongAsTheClientLikes(HttpContext http) =>
        http.Response.StatusCode == StatusCodes.Status101SwitchingProtocols
        || HttpMethods.IsConnect(http.Request.Method)
        || http.Response.ContentType?.StartsWith(EventStream, StringComparison.OrdinalIgnoreCase) == true;

    private sealed class Omission
    {
        public static Omission Instance { get; } = new();
    }
}

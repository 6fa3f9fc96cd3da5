using System.Net;
using System.Net.Http.Headers;

namespace ProgressiveDelivery.Sdk.Sources.Http;

/// <summary>Reads <c>Retry-After</c> (RFC 9110, 10.2.3) as advice: never longer than an hour, never negative.</summary>
internal static class RetryAfter
{
    private static readonly TimeSpan MaxDelay = TimeSpan.FromHours(1);

    public static TimeSpan? Of(HttpResponseMessage response, DateTimeOffset now)
    {
        if (response.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable)) return null;
        if (!response.Headers.NonValidated.TryGetValues("Retry-After", out var values)) return null;

        var wait = Parse(values.ToString().Trim(), response.Headers.Date ?? now);
        return wait > TimeSpan.Zero ? wait < MaxDelay ? wait : MaxDelay : null;
    }

    // The date is compared with the server's own clock if it is sent: ours may be off.
    private static TimeSpan? Parse(string value, DateTimeOffset now)
    {
        if (value.Length > 0 && !value.AsSpan().ContainsAnyExceptInRange('0', '9'))
            return int.TryParse(value, out var seconds) ? TimeSpan.FromSeconds(seconds) : MaxDelay;

        return RetryConditionHeaderValue.TryParse(value, out var parsed) && parsed.Date is { } date ? date - now : null;
    }
}

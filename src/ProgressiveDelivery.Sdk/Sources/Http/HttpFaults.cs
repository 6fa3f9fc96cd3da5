using System.Net;
using System.Security.Authentication;

namespace ProgressiveDelivery.Sdk.Sources.Http;

/// <summary>The faults of one HTTP source, each a sentence about it. No message shows a header, a query or a body.</summary>
internal sealed class HttpFaults(string source, ISet<int>? final = null)
{
    public SnapshotSourceException Network(Exception cause) => cause.InnerException is AuthenticationException fault
        ? new($"Source '{source}' could not be reached over TLS: {fault.Message.TrimEnd('.')}. Check its certificate, and what the named HTTP client trusts and presents.", cause)
        : new($"Source '{source}' could not be reached, or broke off: {cause.Message.TrimEnd('.')}. Check the address and the network.", cause);

    public SnapshotSourceException Timeout(string task, TimeSpan limit, Exception cause) =>
        new($"Source '{source}' did not {task} within {limit}.", new TimeoutException(cause.Message, cause));

    public SnapshotSourceException CutOff() =>
        new($"Source '{source}' sent a body that ends in the middle.");

    public SnapshotSourceException NeverModified() =>
        new($"Source '{source}' answered 304 to a request without If-None-Match, so there is nothing to read. Check caches in between.")
        {
            HttpStatus = (int)HttpStatusCode.NotModified,
        };

    public SnapshotSourceException NotASnapshot(string what, string advice) =>
        new($"Source '{source}' sent {what}. {advice}") { HttpStatus = (int)HttpStatusCode.OK, IsWrongContent = true };

    public SnapshotSourceException Unacceptable(string what, string advice) =>
        new($"Source '{source}' sent {what}. {advice}")
        {
            Kind = FeatureClientFaultKind.InvalidSnapshot,
            HttpStatus = (int)HttpStatusCode.OK,
        };

    public SnapshotSourceException Ended(TimeSpan? retryAfter) =>
        new($"Source '{source}' ended the stream.") { RetryAfter = retryAfter };

    public SnapshotSourceException NoOutcome() =>
        new($"Source '{source}' could not be read: its resilience strategies did not give what an attempt of this turn gave. Look at {nameof(HttpEndpointOptions.UseResilience)}.");

    public SnapshotSourceException Endless(TimeSpan limit, Exception cause) =>
        new($"Source '{source}' could not be read: its resilience strategies did not end within {limit}. Look at {nameof(HttpEndpointOptions.UseResilience)}.", cause);

    public SnapshotSourceException Unexpected(Exception cause) =>
        new($"Source '{source}' could not be read: {cause.GetType().Name}: {cause.Message.TrimEnd('.')}. Look at the named HTTP client's handlers and the resilience strategies.", cause);

    public SnapshotSourceException Status(HttpResponseMessage response, DateTimeOffset now)
    {
        if (final?.Contains((int)response.StatusCode) == true)
            return Final(response.StatusCode);
        var (kind, advice) = Meaning(response.StatusCode);
        return new($"Source '{source}' answered {(int)response.StatusCode} ({response.StatusCode}). {advice}")
        {
            Kind = kind,
            HttpStatus = (int)response.StatusCode,
            RetryAfter = RetryAfter.Of(response, now),
        };
    }

    private SnapshotSourceException Final(HttpStatusCode status) =>
        new($"Source '{source}' answered {(int)status} ({status}), which {nameof(HttpEndpointOptions.StopOnStatus)} lists: it is not read again. Mend the cause, and start the application anew.")
        {
            Kind = FeatureClientFaultKind.Refused,
            HttpStatus = (int)status,
            IsFinal = true,
        };

    private static (FeatureClientFaultKind Kind, string Advice) Meaning(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden =>
            (FeatureClientFaultKind.Refused, "Check the credentials in Authorization or Headers."),
        HttpStatusCode.NotFound or HttpStatusCode.Gone =>
            (FeatureClientFaultKind.Refused, "Check the address."),
        HttpStatusCode.ProxyAuthenticationRequired =>
            (FeatureClientFaultKind.Refused, "Check the proxy's credentials at the named HTTP client."),
        >= HttpStatusCode.InternalServerError or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests =>
            (FeatureClientFaultKind.Unreachable, "It is tried again."),
        >= HttpStatusCode.Ambiguous and < HttpStatusCode.BadRequest =>
            (FeatureClientFaultKind.Unreachable, "The redirect was not followed; give the address it leads to."),
        _ => (FeatureClientFaultKind.Unreachable, "Check the address and the backend."),
    };
}

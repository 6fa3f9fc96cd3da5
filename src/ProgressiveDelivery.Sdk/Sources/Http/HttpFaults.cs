using System.Net;
using System.Security.Authentication;

namespace ProgressiveDelivery.Sdk.Sources.Http;

/// <summary>The faults of one HTTP source, each a sentence about it. No message shows a header, a query or a body.</summary>
/// <param name="source">The source's name.</param>
/// <param name="final">The statuses after which it is never read again; null for none.</param>
/// <param name="credentials">The options that hold its credentials; null for those of an address of the user's own.</param>
/// <param name="what">The noun for it in the faults that a report can meet too.</param>
internal sealed class HttpFaults(string source, ISet<int>? final = null, string? credentials = null, string what = "Source")
{
    private const HttpStatusCode TooEarly = (HttpStatusCode)425;

    public SnapshotSourceException Network(Exception cause) => cause.InnerException is AuthenticationException fault
        ? new($"{what} '{source}' could not be reached over TLS: {fault.Message.TrimEnd('.')}. Check its certificate, and what the named HTTP client trusts and presents.", cause) { NeedsAction = true }
        : new($"{what} '{source}' could not be reached, or closed the connection: {cause.Message.TrimEnd('.')}. Check the address and the network.", cause);

    public SnapshotSourceException Timeout(string task, TimeSpan limit, Exception cause) =>
        new($"{what} '{source}' did not {task} within {limit}.", new TimeoutException(cause.Message, cause));

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

    public SnapshotSourceException FollowedUnasked(Uri to) =>
        new($"{what} '{source}' answered by a redirect to another origin ({Origin.NameOf(to)}), which the HTTP client followed by itself, with all headers. Set AllowAutoRedirect of its handler to false: redirects are followed without credentials then.")
        {
            Kind = FeatureClientFaultKind.AccessDenied,
        };

    public SnapshotSourceException NotLed(Uri to, string wrong) =>
        new($"Source '{source}' sent a document that redirects to {Origin.NameOf(to)}, and the redirect is not followed: {wrong}.")
        {
            Kind = FeatureClientFaultKind.AccessDenied,
        };

    public SnapshotSourceException Ended(TimeSpan? retryAfter) =>
        new($"Source '{source}' ended the stream.") { RetryAfter = retryAfter };

    public SnapshotSourceException NoOutcome() =>
        new($"Source '{source}' could not be read: its resilience strategies did not return the result of an attempt. Check {nameof(HttpEndpointOptions.UseResilience)}.");

    public SnapshotSourceException Endless(TimeSpan limit, Exception cause) =>
        new($"Source '{source}' could not be read: its resilience strategies did not end within {limit}. Check {nameof(HttpEndpointOptions.UseResilience)}.", cause);

    public SnapshotSourceException Unexpected(Exception cause) =>
        new($"Source '{source}' could not be read: {cause.GetType().Name}: {cause.Message.TrimEnd('.')}. Check the named HTTP client's handlers and the resilience strategies.", cause);

    public SnapshotSourceException Status(HttpResponseMessage response, DateTimeOffset now)
    {
        if (final?.Contains((int)response.StatusCode) == true)
            return Final(response.StatusCode);
        var (kind, advice) = Meaning(response.StatusCode);
        if (response.RequestMessage?.Options.TryGetValue(RedirectHandler.Refusal, out var refusal) == true)
            (kind, advice) = (FeatureClientFaultKind.AccessDenied, $"The redirect was not followed: {refusal}. Give the address that you trust.");
        return new($"Source '{source}' answered {(int)response.StatusCode} ({response.StatusCode}). {advice}")
        {
            Kind = kind,
            HttpStatus = (int)response.StatusCode,
            NeedsAction = !MayPass(response.StatusCode),
            RetryAfter = RetryAfter.Of(response, now),
        };
    }

    private SnapshotSourceException Final(HttpStatusCode status) =>
        new($"Source '{source}' answered {(int)status} ({status}), which {nameof(HttpEndpointOptions.StopOnStatus)} lists: it is not read again. Repair the cause, and restart the application.")
        {
            Kind = FeatureClientFaultKind.AccessDenied,
            HttpStatus = (int)status,
            IsFinal = true,
        };

    private static bool MayPass(HttpStatusCode status) =>
        status is >= HttpStatusCode.InternalServerError or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.Conflict or HttpStatusCode.Locked
            or TooEarly;

    private (FeatureClientFaultKind Kind, string Advice) Meaning(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden =>
            (FeatureClientFaultKind.AccessDenied, $"Check the credentials in {credentials ?? "Authorization or Headers"}."),
        HttpStatusCode.NotFound or HttpStatusCode.Gone =>
            (FeatureClientFaultKind.AccessDenied, credentials is null ? "Check the address." : $"Check Address, and {credentials}, which the backend may answer so too."),
        HttpStatusCode.ProxyAuthenticationRequired =>
            (FeatureClientFaultKind.AccessDenied, "Check the proxy's credentials at the named HTTP client."),
        _ when MayPass(status) =>
            (FeatureClientFaultKind.Unreachable, "It is tried again."),
        >= HttpStatusCode.Ambiguous and < HttpStatusCode.BadRequest =>
            (FeatureClientFaultKind.Unreachable, "The redirect was not followed; give the address it leads to."),
        _ => (FeatureClientFaultKind.Unreachable, "Check the address and the backend."),
    };
}

using System.Collections.Frozen;
using System.Net;

namespace ProgressiveDelivery.Sdk.Sources.Http;

/// <summary>
/// Follows redirects in place of the framework's handler, next to the network, below all handlers of the user's own: their headers are
/// credentials too. No credential goes to another origin, and no redirect leaves https.
/// </summary>
internal sealed class RedirectHandler : DelegatingHandler
{
    private const int MaxHops = 10;

    /// <summary>Marks a request of this library.</summary>
    public static readonly HttpRequestOptionsKey<bool> IsOurs = new("ProgressiveDelivery.Sdk.IsOurs");

    /// <summary>Marks a request to an origin that no credential is meant for.</summary>
    public static readonly HttpRequestOptionsKey<bool> IsElsewhere = new("ProgressiveDelivery.Sdk.IsElsewhere");

    /// <summary>Marks a request whose redirects are followed here.</summary>
    public static readonly HttpRequestOptionsKey<bool> IsGuarded = new("ProgressiveDelivery.Sdk.IsGuarded");

    /// <summary>The reason that a redirect was not followed.</summary>
    public static readonly HttpRequestOptionsKey<string> Refusal = new("ProgressiveDelivery.Sdk.Refusal");

    // Headers that describe the request, not the caller.
    private static readonly FrozenSet<string> Harmless = new[] { "Accept", "Accept-Encoding", "Accept-Language", "Cache-Control", "User-Agent", "If-None-Match", "Last-Event-ID" }
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private readonly PrimaryHandler _primary;

    private RedirectHandler(PrimaryHandler primary) => _primary = primary;

    /// <summary>Returns a handler that follows redirects in place of the one next to the network.</summary>
    public static RedirectHandler For(HttpMessageHandler primary)
    {
        var settled = new PrimaryHandler(primary);
        settled.StopFollowing();
        return new(settled);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Options.Set(IsGuarded, true);
        if (request.Options.TryGetValue(IsElsewhere, out var isElsewhere) && isElsewhere) LeaveCredentials(request);
        var response = await SendOnceAsync(request, cancellationToken).ConfigureAwait(false);
        for (var hops = 0; hops < MaxHops && TargetOf(request, response) is { } next && MayFollow(request, response, next); hops++)
        {
            Turn(request, response.StatusCode, next);
            response.Dispose();
            response = await SendOnceAsync(request, cancellationToken).ConfigureAwait(false);
        }

        return response;
    }

    // A handler that hides the framework's own may still follow redirects.
    private async Task<HttpResponseMessage> SendOnceAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var asked = request.RequestUri!;
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.RequestMessage is { RequestUri: { } answered } last && !Origin.IsSame(asked, answered)) last.Options.Set(IsGuarded, false);
        return response;
    }

    private static Uri? TargetOf(HttpRequestMessage request, HttpResponseMessage response) =>
        response.StatusCode is HttpStatusCode.Ambiguous or HttpStatusCode.Moved or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect
        && response.Headers.Location is { } location
            ? new Uri(request.RequestUri!, location)
            : null;

    private bool MayFollow(HttpRequestMessage request, HttpResponseMessage response, Uri next)
    {
        var refusal = FaultOf(request, response.StatusCode, next);
        if (refusal is not null) request.Options.Set(Refusal, refusal);
        return refusal is null;
    }

    private string? FaultOf(HttpRequestMessage request, HttpStatusCode status, Uri next)
    {
        var from = request.RequestUri!;
        if (Origin.LeavesHttps(from, next)) return $"it leaves https for http ({Origin.NameOf(next)}), where anybody could read and change what is sent";
        if (next.Scheme is not ("http" or "https")) return $"it leads to '{next.Scheme}:', which is no address of the web";
        var isOurs = request.Options.TryGetValue(IsOurs, out var ours) && ours;
        if (isOurs && request.Method != HttpMethod.Get && !KeepsMethod(status)) return "what was posted would not arrive there";
        if (Origin.IsSame(from, next)) return null;
        if (isOurs && request.Method != HttpMethod.Get) return $"it leads to another origin ({Origin.NameOf(next)}), which what was posted is not meant for";
        return _primary.HasCredentials ? $"it leads to another origin ({Origin.NameOf(next)}), to which the HTTP client would show its own certificate or credentials" : null;
    }

    private static void Turn(HttpRequestMessage request, HttpStatusCode status, Uri next)
    {
        if (!Origin.IsSame(request.RequestUri!, next)) LeaveCredentials(request);
        // As the framework's own handler does, for the requests of others.
        if (request.Method == HttpMethod.Post && !KeepsMethod(status)) (request.Method, request.Content) = (HttpMethod.Get, null);
        request.RequestUri = next;
    }

    private static bool KeepsMethod(HttpStatusCode status) => status is HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    private static void LeaveCredentials(HttpRequestMessage request)
    {
        foreach (var name in request.Headers.NonValidated.Select(header => header.Key).Where(name => !Harmless.Contains(name)).ToList())
            request.Headers.Remove(name);
    }
}

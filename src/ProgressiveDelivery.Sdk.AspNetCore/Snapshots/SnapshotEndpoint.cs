using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.AspNetCore.Requests;
using ProgressiveDelivery.Sdk.Sources.Serving;

namespace ProgressiveDelivery.Sdk.AspNetCore.Snapshots;

/// <summary>Answers with the newest accepted snapshot: as a document, or as a stream.</summary>
internal sealed class SnapshotEndpoint(ISnapshotFeed feed, SnapshotHub hub, SnapshotEndpointOptions options, SnapshotAccess access, ILogger logger, TimeProvider clock)
{
    private const string EventStream = "text/event-stream";
    private const int RetrySoon = 5;

    private string? _loggedFault;

    private string Label => options.Client ?? "default";

    /// <summary>Makes the endpoint of a client; from then on its feed is kept.</summary>
    /// <exception cref="InvalidOperationException">There is no such client.</exception>
    public static SnapshotEndpoint Create(IServiceProvider services, SnapshotEndpointOptions options)
    {
        var feed = (options.Client is null ? services.GetService<ISnapshotFeed>() : services.GetKeyedService<ISnapshotFeed>(options.Client))
            ?? throw new InvalidOperationException(options.Client is null
                ? "MapSnapshots: there is no feature client. Call AddProgressiveDelivery, or name the client in the options."
                : $"MapSnapshots: there is no feature client '{options.Client}'. Call AddProgressiveDelivery with this name.");
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(SnapshotEndpoint).FullName!);
        var clock = Clock.Of(services);
        var lifetime = services.GetService<IHostApplicationLifetime>();
        var hub = new SnapshotHub(feed, options, SnapshotMeter.Of(services, options.Client ?? "default"), clock, lifetime?.ApplicationStopping ?? default);
        lifetime?.ApplicationStopped.Register(hub.Dispose);
        return new(feed, hub, options, new(services, logger), logger, clock);
    }

    public Task AnswerAsync(HttpContext http)
    {
        if (!access.Allows(http))
            return FailAsync(http, StatusCodes.Status403Forbidden, "Access to this endpoint is not configured.", retryAfter: null);
        http.Response.Headers.Vary = "Accept, Accept-Encoding";
        var state = feed.State;
        if (state.Format is not { } format)
            return AnswerWithoutAsync(http, state);
        http.Response.Headers["PD-Format"] = format;
        if (WantsStream(http.Request))
            return StreamAsync(http);
        return state.Document is { } document ? DocumentAsync(http, document) : AnswerWithoutAsync(http, state);
    }

    private static bool WantsStream(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Headers.Accept.Any(static accept => accept?.Contains(EventStream, StringComparison.OrdinalIgnoreCase) == true);

    private Task AnswerWithoutAsync(HttpContext http, SnapshotFeedState state)
    {
        if (state.Fault is not { } fault)
            return FailAsync(http, StatusCodes.Status503ServiceUnavailable, "No snapshot has been accepted yet.", RetrySoon);
        if (Interlocked.Exchange(ref _loggedFault, fault) != fault)
            logger.NotServed(Label, fault);
        return FailAsync(http, StatusCodes.Status501NotImplemented, fault, retryAfter: null);
    }

    private async Task DocumentAsync(HttpContext http, SnapshotFeedEvent document)
    {
        var served = ServedDocument.Of(document);
        var coding = ContentCoding.Choose(http.Request.Headers.AcceptEncoding, document.Text.Length);
        var tag = served.TagOf(coding);
        var (response, isKnown) = (http.Response, IsKnown(http.Request, tag));
        response.Headers.CacheControl = "no-cache";
        // "Not modified" would confirm rules that nothing confirms here.
        if (isKnown && !feed.IsCurrent)
        {
            await FailAsync(http, StatusCodes.Status503ServiceUnavailable, "The rules are unchanged here, but their source does not confirm them at present.", (int)options.HeartbeatInterval.TotalSeconds).ConfigureAwait(false);
            return;
        }

        response.Headers.ETag = tag;
        if (document.Signature is { } signature)
            response.Headers[Sources.Signing.SnapshotSignature.HeaderName] = signature.ToString();
        if (isKnown)
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var body = await served.BodyAsync(coding).ConfigureAwait(false);
        response.ContentType = "application/json";
        response.ContentLength = body.Length;
        if (coding.Name is { } name)
            response.Headers.ContentEncoding = name;
        if (!HttpMethods.IsHead(http.Request.Method))
            await SendAsync(http, body).ConfigureAwait(false);
    }

    private async Task SendAsync(HttpContext http, ReadOnlyMemory<byte> body)
    {
        var output = new PacedOutput(http, options.WriteTimeout, clock, http.RequestAborted);
        try
        {
            await output.WriteAsync(body).ConfigureAwait(false);
            await output.FlushAsync().ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            logger.ReaderTooSlow(Label, options.WriteTimeout);
        }
    }

    private async Task StreamAsync(HttpContext http)
    {
        if (!hub.TryEnter())
        {
            await FailAsync(http, StatusCodes.Status503ServiceUnavailable, $"{options.MaxSubscribers} streams are open, which is the limit.", Random.Shared.Next(RetrySoon, 6 * RetrySoon)).ConfigureAwait(false);
            return;
        }

        try
        {
            LastingRequest.Begin(http);
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, hub.Stopping);
            http.Response.ContentType = EventStream;
            http.Response.Headers.CacheControl = "no-store";
            http.Response.Headers["X-Accel-Buffering"] = "no";
            http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpResponseBodyFeature>()?.DisableBuffering();
            await new SnapshotSession(hub, new(http, options.WriteTimeout, clock, ending.Token)).RunAsync(http.Request.Headers["Last-Event-ID"], ending.Token).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            hub.Meter?.Dropped();
            logger.ReaderTooSlow(Label, options.WriteTimeout);
        }
        catch (OperationCanceledException)
        {
            // The reader has gone, or the host stops.
        }
        finally
        {
            hub.Leave();
        }
    }

    private static bool IsKnown(HttpRequest request, string tag) =>
        request.Headers.IfNoneMatch.SelectMany(static value => value?.Split(',', StringSplitOptions.TrimEntries) ?? []).Any(known => known == "*" || known == tag || known == $"W/{tag}");

    private static Task FailAsync(HttpContext http, int status, string text, int? retryAfter)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/plain; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        if (retryAfter is { } seconds)
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return HttpMethods.IsHead(http.Request.Method) ? Task.CompletedTask : http.Response.WriteAsync(text, http.RequestAborted);
    }
}

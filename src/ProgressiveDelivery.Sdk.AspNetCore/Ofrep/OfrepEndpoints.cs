using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ProgressiveDelivery.Sdk.AspNetCore.Ofrep;

/// <summary>Answers the questions of OFREP. Safe to use from any thread.</summary>
/// <param name="client">The client that answers.</param>
/// <param name="options">The options.</param>
/// <param name="changes">The changes of flags.</param>
/// <param name="stream">The stream of changes; null for none.</param>
/// <param name="logger">Takes the lines.</param>
internal sealed class OfrepEndpoints(OfrepClient client, OfrepOptions options, FlagChanges changes, OfrepEventStream? stream, ILogger logger)
{
    /// <summary>The path of the event stream.</summary>
    public const string EventsPath = "/ofrep/v1/events";

    private const int InactivitySeconds = 120;
    private const int RetrySeconds = 5;

    private readonly OfrepContext _contexts = new(options.AllowedAttributes);
    private int _hasLoggedRejection;

    /// <summary>Answers the question about one flag.</summary>
    public Task AnswerOneAsync(HttpContext http) => GuardAsync(http, FlagKey.Of(http), EvaluateAsync);

    /// <summary>Answers the question about all flags. A path that ends with a slash asks for the flag with an empty key.</summary>
    public Task AnswerAllAsync(HttpContext http)
    {
        if (http.Request.Path.Value?.EndsWith('/') == true)
            return GuardAsync(http, "", EvaluateAsync);
        // Before the rules are frozen: a change after that is then an event.
        changes.Start(client.OfProcess);
        return GuardAsync(http, key: null, EvaluateAllAsync);
    }

    /// <summary>Sends events until the subscriber goes.</summary>
    public async Task SendEventsAsync(HttpContext http)
    {
        changes.Start(client.OfProcess);
        if (await stream!.ServeAsync(http).ConfigureAwait(false))
            return;
        http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        http.Response.Headers.RetryAfter = RetrySeconds.ToString(CultureInfo.InvariantCulture);
        if (Interlocked.Exchange(ref _hasLoggedRejection, 1) == 0)
            logger.TooManySubscribers(options.MaxSubscribers);
    }

    private async Task GuardAsync(HttpContext http, string? key, Func<HttpContext, string?, EvaluationContext, IFeatureScope, Task> answer)
    {
        try
        {
            var request = await OfrepRequest.ReadAsync(http.Request, options.MaxContextBytes, http.RequestAborted).ConfigureAwait(false);
            if (request.Fault is { } fault)
            {
                await SendAsync(http, key, fault).ConfigureAwait(false);
                return;
            }

            using var work = client.Begin(http);
            var context = _contexts.Of(request.Context, options.UseRequestContext ? work.ReadContext() : null);
            await work.Scope.LoadAssignmentsAsync(context, http.RequestAborted).ConfigureAwait(false);
            await answer(http, key, context, work.Scope).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // There is no one to answer.
        }
        catch (Exception exception) when (!http.Response.HasStarted)
        {
            logger.QuestionFailed(exception);
            http.Response.Clear();
            await SendAsync(http, key, OfrepFault.Failed).ConfigureAwait(false);
        }
    }

    private static Task EvaluateAsync(HttpContext http, string? key, EvaluationContext context, IFeatureScope scope)
    {
        if (scope.Origin == SnapshotOrigin.None)
            return SendAsync(http, key, OfrepFault.NotReady);
        // Not evaluated: a hidden flag takes as long as none.
        if (VisibleFlags.Of(scope).Find(key!) is not { } flag)
            return SendAsync(http, key, OfrepFault.FlagNotFound);
        var answer = scope.EvaluateUntyped(flag.Key, context);
        return OfrepFault.Of(answer.Reason) is { } fault
            ? SendAsync(http, key, fault)
            : SendAsync(http, StatusCodes.Status200OK, Written(writer => OfrepAnswers.WriteOne(writer, flag, answer)));
    }

    private Task EvaluateAllAsync(HttpContext http, string? key, EvaluationContext context, IFeatureScope scope)
    {
        if (scope.Origin == SnapshotOrigin.None)
            return SendAsync(http, key, OfrepFault.NotReady);
        var body = Written(writer =>
        {
            writer.WriteStartObject();
            OfrepAnswers.WriteAll(writer, scope, context);
            WriteEventStreams(writer, http.Request);
            writer.WriteEndObject();
        });
        var tag = EntityTags.Of(body.WrittenSpan);
        http.Response.Headers.ETag = tag;
        http.Response.Headers.CacheControl = "private, no-cache";
        if (!EntityTags.Names(http.Request.Headers.IfNoneMatch, tag))
            return SendAsync(http, StatusCodes.Status200OK, body);
        http.Response.StatusCode = StatusCodes.Status304NotModified;
        return Task.CompletedTask;
    }

    private void WriteEventStreams(Utf8JsonWriter writer, HttpRequest request)
    {
        if (stream is null)
            return;
        // Without an origin it is that of the address which the provider asked, whatever a proxy in between made of it.
        var path = request.Path.Value!;
        writer.WriteStartArray("eventStreams"u8);
        writer.WriteStartObject();
        writer.WriteString("type"u8, "sse"u8);
        writer.WriteStartObject("endpoint"u8);
        writer.WriteString("requestUri"u8, request.PathBase.Add(path[..^FlagKey.Prefix.Length] + EventsPath).ToUriComponent());
        writer.WriteEndObject();
        writer.WriteNumber("inactivityDelaySec"u8, InactivitySeconds);
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    private static Task SendAsync(HttpContext http, string? key, OfrepFault fault)
    {
        if (fault.Status >= StatusCodes.Status500InternalServerError)
            http.Response.Headers.RetryAfter = RetrySeconds.ToString(CultureInfo.InvariantCulture);
        return SendAsync(http, fault.Status, Written(writer => OfrepAnswers.WriteFault(writer, key, fault)));
    }

    private static Task SendAsync(HttpContext http, int status, ArrayBufferWriter<byte> body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = body.WrittenCount;
        if (http.Response.Headers.CacheControl.Count == 0)
            http.Response.Headers.CacheControl = "private, no-store";
        return http.Response.Body.WriteAsync(body.WrittenMemory, http.RequestAborted).AsTask();
    }

    private static ArrayBufferWriter<byte> Written(Action<Utf8JsonWriter> write)
    {
        var body = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(body);
        write(writer);
        writer.Flush();
        return body;
    }
}

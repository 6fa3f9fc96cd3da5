using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.AspNetCore.Ofrep;

/// <summary>The body of a question: the context, or the fault of it.</summary>
/// <param name="Context">The context that the caller sent.</param>
/// <param name="Fault">The fault; null for none.</param>
internal readonly record struct OfrepRequest(EvaluationContext Context, OfrepFault? Fault)
{
    private const string ContextName = "context";
    private const string TargetingKeyName = "targetingKey";
    private const int FirstBytes = 4096;
    private const int MaxKinds = 64;

    private static readonly JsonDocumentOptions Json = new() { MaxDepth = 64 };

    /// <summary>Reads a body. No more than the limit is held.</summary>
    /// <param name="request">The request.</param>
    /// <param name="maxBytes">The limit.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="OperationCanceledException">The request was aborted.</exception>
    public static async ValueTask<OfrepRequest> ReadAsync(HttpRequest request, int maxBytes, CancellationToken cancellation)
    {
        if (request.ContentLength > maxBytes)
            return Faulty(OfrepFault.TooLarge(maxBytes));
        // One byte more than may be there shows that there are too many.
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Min(maxBytes + 1, Math.Max((int?)request.ContentLength + 1 ?? 0, FirstBytes)));
        try
        {
            var length = 0;
            while (await request.Body.ReadAsync(buffer.AsMemory(length), cancellation).ConfigureAwait(false) is > 0 and var read)
            {
                length += read;
                if (length > maxBytes)
                    return Faulty(OfrepFault.TooLarge(maxBytes));
                if (length == buffer.Length)
                    Grow(ref buffer, maxBytes);
            }

            return length == 0 ? new(EvaluationContext.Empty, null)
                : IsJson(request) ? Read(buffer.AsMemory(0, length))
                : Faulty(OfrepFault.NotJsonType);
        }
        catch (IOException)             // The connection broke, the client was too slow, or the server's own limit was met.
        {
            return Faulty(OfrepFault.CannotBeRead);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    private static void Grow(ref byte[] buffer, int maxBytes)
    {
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(maxBytes + 1L, buffer.Length * 2L));
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        buffer = larger;
    }

    private static bool IsJson(HttpRequest request) =>
        request.HasJsonContentType()
        && MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    private static OfrepRequest Read(ReadOnlyMemory<byte> body)
    {
        if (!Utf8.IsValid(body.Span))
            return Faulty(OfrepFault.NotJson);
        try
        {
            using var document = JsonDocument.Parse(body, Json);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return Faulty(OfrepFault.NotAnObject);
            return document.RootElement.TryGetProperty(ContextName, out var context) && context.ValueKind != JsonValueKind.Null
                ? ReadContext(context)
                : new(EvaluationContext.Empty, null);
        }
        catch (JsonException)
        {
            return Faulty(OfrepFault.NotJson);
        }
    }

    private static OfrepRequest ReadContext(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
            return Faulty(OfrepFault.ContextNotAnObject);
        var context = ContextJson.Read(element);
        if (context.KindNames.Count > MaxKinds)
            return Faulty(OfrepFault.TooManyKinds);
        // A key that is no text, or none that .NET can hold, is read as an attribute.
        return context.Attributes.Any(static attribute => attribute.Name == TargetingKeyName) ? Faulty(OfrepFault.KeyNotText) : new(context, null);
    }

    private static OfrepRequest Faulty(OfrepFault fault) => new(EvaluationContext.Empty, fault);
}

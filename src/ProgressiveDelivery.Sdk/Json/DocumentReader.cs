using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>Judges the bytes of a document, and tells what is no JSON, or too large or deep, with its place.</summary>
internal sealed class DocumentReader(SnapshotLimits limits)
{
    /// <summary>Reads what is in a document, from before its first token to beyond its last.</summary>
    public delegate T Contents<out T>(ref Utf8JsonReader json, ReadOnlyMemory<byte> document);

    /// <summary>Reads a UTF-8 document, with or without byte order mark; null, with the fault, where it cannot be.</summary>
    public T? Read<T>(ReadOnlyMemory<byte> document, Contents<T> read, out SnapshotDiagnostic? fault)
        where T : class?
    {
        fault = FaultOfLength(document.Length);
        if (fault is not null)
            return null;

        document = WithoutMark(document);
        fault = FaultBeforeParsing(document.Span);
        return fault is null ? ReadSound(document, read, ref fault) : null;
    }

    private T? ReadSound<T>(ReadOnlyMemory<byte> document, Contents<T> read, ref SnapshotDiagnostic? fault)
        where T : class?
    {
        try
        {
            var json = new Utf8JsonReader(document.Span, new JsonReaderOptions { MaxDepth = MaxDepth });
            return read(ref json, document);
        }
        catch (JsonException exception)
        {
            fault = FaultOf(exception, document.Span);
            return null;
        }
    }

    private SnapshotDiagnostic? FaultOfLength(int length) => length > limits.MaxBytes
        ? Diagnostics.LimitExceeded(JsonPath.Root, $"{length} bytes", limits.MaxBytes, nameof(SnapshotLimits.MaxBytes))
        : null;

    private int MaxDepth => Math.Clamp(limits.MaxDepth, 1, SnapshotLimits.DeepestNesting);

    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> document) =>
        document.Span.StartsWith(Encoding.UTF8.Preamble) ? document[Encoding.UTF8.Preamble.Length..] : document;

    private static SnapshotDiagnostic? FaultBeforeParsing(ReadOnlySpan<byte> document)
    {
        var start = document.TrimStart(" \t\r\n"u8);
        if (start.IsEmpty)
            return Diagnostics.NotASnapshot(JsonPath.Root, "empty");
        if (start[0] == (byte)'<')
            return Diagnostics.NotASnapshot(JsonPath.Root, "HTML or XML");
        if (Utf8.IsValid(document))
            return null;

        var (line, position) = PlaceOf(document, FirstInvalid(document));
        return Diagnostics.MalformedJson(JsonPath.Root, "the bytes are no UTF-8", line, position);
    }

    private SnapshotDiagnostic FaultOf(JsonException exception, ReadOnlySpan<byte> document)
    {
        if (ExceedsDepth(document))
            return Diagnostics.LimitExceeded(JsonPath.Root, $"objects and lists nested deeper than {MaxDepth}", MaxDepth, nameof(SnapshotLimits.MaxDepth));

        var end = exception.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        var fault = end < 0 ? exception.Message : exception.Message[..end];
        return Diagnostics.MalformedJson(JsonPath.Root, fault, (exception.LineNumber ?? 0) + 1, (exception.BytePositionInLine ?? 0) + 1);
    }

    private bool ExceedsDepth(ReadOnlySpan<byte> document)
    {
        var reader = new Utf8JsonReader(document, new JsonReaderOptions { MaxDepth = int.MaxValue });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray && reader.CurrentDepth >= MaxDepth)
                    return true;
            }
        }
        catch (JsonException)
        {
            // The fault that brought us here.
        }

        return false;
    }

    private static int FirstInvalid(ReadOnlySpan<byte> document)
    {
        var at = 0;
        while (Rune.DecodeFromUtf8(document[at..], out _, out var length) == System.Buffers.OperationStatus.Done)
            at += length;
        return at;
    }

    private static (long Line, long Position) PlaceOf(ReadOnlySpan<byte> document, int at)
    {
        var before = document[..at];
        return (before.Count((byte)'\n') + 1, at - before.LastIndexOf((byte)'\n'));
    }
}

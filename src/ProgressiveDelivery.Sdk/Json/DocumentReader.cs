using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>Checks the bytes of a document, and reports one that is not JSON, too large or too deep, with the place.</summary>
/// <param name="limits">The limits on its size and depth.</param>
/// <param name="isFile">True for a file, which may have comments and trailing commas.</param>
internal sealed class DocumentReader(SnapshotLimits limits, bool isFile = false)
{
    /// <summary>Reads the content of a document, from before its first token to after its last.</summary>
    public delegate T Contents<out T>(ref Utf8JsonReader json, ReadOnlyMemory<byte> document);

    /// <summary>Reads a UTF-8 document, with or without byte order mark; null, with the fault, if it cannot be read.</summary>
    public T? Read<T>(ReadOnlyMemory<byte> document, Contents<T> read, out SnapshotDiagnostic? fault)
        where T : class?
    {
        fault = FaultOfLength(document.Length);
        if (fault is not null)
            return null;

        document = WithoutMark(document);
        fault = FaultBeforeParsing(document.Span);
        return fault is null ? ReadSound(isFile ? FileJson.ToStrict(document) : document, read, ref fault) : null;
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
        ? DiagnosticCatalog.LimitExceeded(JsonPath.Root, $"{length} bytes", limits.MaxBytes, nameof(SnapshotLimits.MaxBytes))
        : null;

    private int MaxDepth => Math.Clamp(limits.MaxDepth, 1, SnapshotLimits.MaxNesting);

    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> document) =>
        document.Span.StartsWith(Encoding.UTF8.Preamble) ? document[Encoding.UTF8.Preamble.Length..] : document;

    private SnapshotDiagnostic? FaultBeforeParsing(ReadOnlySpan<byte> document)
    {
        if (IsWiderThanUtf8(document))
            return DiagnosticCatalog.MalformedJson(JsonPath.Root, "the text is encoded as UTF-16 or UTF-32, not as UTF-8", line: 1, position: 1, isFile);
        var start = document.TrimStart(" \t\r\n"u8);
        if (start.IsEmpty)
            return DiagnosticCatalog.NotASnapshot(JsonPath.Root, "empty", isFile);
        if (start[0] == (byte)'<')
            return DiagnosticCatalog.NotASnapshot(JsonPath.Root, "HTML or XML", isFile);
        if (Utf8.IsValid(document))
            return null;

        var (line, position) = PlaceOf(document, FirstInvalid(document));
        return DiagnosticCatalog.MalformedJson(JsonPath.Root, "the bytes are no UTF-8", line, position, isFile);
    }

    // By its byte order mark, or by the zero that is half of a first letter: some editors and shells write so.
    private static bool IsWiderThanUtf8(ReadOnlySpan<byte> document) =>
        document is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [0, 0, 0xFE, 0xFF, ..] or [0, not 0, ..] or [not 0, 0, ..];

    private SnapshotDiagnostic FaultOf(JsonException exception, ReadOnlySpan<byte> document)
    {
        if (ExceedsDepth(document))
            return DiagnosticCatalog.LimitExceeded(JsonPath.Root, $"objects and lists nested deeper than {MaxDepth}", MaxDepth, nameof(SnapshotLimits.MaxDepth));

        if (YamlLook.IsLike(document))
            return DiagnosticCatalog.LooksLikeYaml(JsonPath.Root);

        return DiagnosticCatalog.MalformedJson(JsonPath.Root, JsonFault.Describe(exception), (exception.LineNumber ?? 0) + 1, (exception.BytePositionInLine ?? 0) + 1, isFile);
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
            // The caller already handles this fault.
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

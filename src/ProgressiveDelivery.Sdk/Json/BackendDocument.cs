using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>What every reader of another backend's documents needs: bytes judged as those of our own format are, and refusals that say what a document looks like. Safe to use from any thread.</summary>
public static class BackendDocument
{
    /// <summary>
    /// Reads a UTF-8 document, with or without byte order mark. What is empty, a web page, no UTF-8, cut off, no JSON, too large or too deep is
    /// refused with a diagnostic, and so is whatever throws on its JSON.
    /// </summary>
    /// <param name="document">The document's bytes; not kept.</param>
    /// <param name="limits">How large it may be.</param>
    /// <param name="read">Reads the root; must not keep it.</param>
    public static SnapshotReadResult Read(ReadOnlyMemory<byte> document, SnapshotLimits limits, Func<JsonElement, SnapshotReadResult> read)
    {
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(read);
        var result = new DocumentReader(limits).Read(
            document,
            (ref Utf8JsonReader json, ReadOnlyMemory<byte> text) =>
            {
                // All of it first: what comes after the root is no JSON either.
                while (json.Read())
                {
                }

                using var parsed = JsonDocument.Parse(text, new() { MaxDepth = limits.MaxDepth });
                return Judged(parsed.RootElement, read);
            },
            out var fault);
        return result ?? new(null, [fault!]);
    }

    /// <summary>Refuses a document that is none of a format, and says what it looks like.</summary>
    /// <param name="root">The document's root.</param>
    /// <param name="format">The format, for people: <c>an Unleash client-features document</c>.</param>
    /// <param name="lacks">What it has not: <c>no 'features'</c>.</param>
    public static SnapshotReadResult Refuse(JsonElement root, string format, string lacks)
    {
        ArgumentNullException.ThrowIfNull(format);
        ArgumentNullException.ThrowIfNull(lacks);
        var guess = DocumentGuess.Of(root);
        var looks = guess is null || guess == format ? "" : $" It looks like {guess}.";
        return new(null, [new(DiagnosticId.UnknownSchema, DiagnosticSeverity.Refused, JsonPath.Root, $"The document is not {format}: it has {lacks}.{looks} Check the source's address, and that the source is one of the same backend.")]);
    }

    /// <summary>A JSON value as attributes have it; what is no text, number, boolean, list or object is null.</summary>
    public static AttributeValue ValueOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number when value.TryGetInt64(out var integer) => integer,
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.Array => AttributeValue.List([.. value.EnumerateArray().Select(ValueOf)]),
        JsonValueKind.Object => AttributeValue.Object(value.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, ValueOf(member.Value)))),
        _ => default,
    };

    // A text that is half a surrogate pair is found out only when it is looked at.
    private static SnapshotReadResult Judged(JsonElement root, Func<JsonElement, SnapshotReadResult> read)
    {
        try
        {
            return read(root);
        }
        catch (InvalidOperationException fault)
        {
            return new(null, [Diagnostics.NotASnapshot(JsonPath.Root, $"JSON with a text that is none ({fault.Message})")]);
        }
    }
}

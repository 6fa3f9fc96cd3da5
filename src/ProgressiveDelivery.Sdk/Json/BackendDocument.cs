using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>
/// The parts that the readers of other backends' documents share: the check of the bytes, the quarantine of one malformed flag or segment, and the
/// rejection of unknown documents. Safe to use from any thread.
/// </summary>
public static class BackendDocument
{
    /// <summary>
    /// Reads a UTF-8 document, with or without byte order mark. Never throws on data. Rejects, with a diagnostic, a document that is empty, a web
    /// page, not UTF-8, truncated, not JSON, too large or too deep. Also rejects one for which <paramref name="read"/> throws.
    /// </summary>
    /// <param name="document">The document's bytes; not stored.</param>
    /// <param name="limits">The limits on its size.</param>
    /// <param name="read">Reads the root; must not store it.</param>
    public static SnapshotReadResult Read(ReadOnlyMemory<byte> document, SnapshotLimits limits, Func<JsonElement, SnapshotReadResult> read)
    {
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(read);
        var result = new DocumentReader(limits).Read(
            document,
            (ref Utf8JsonReader json, ReadOnlyMemory<byte> text) =>
            {
                // Reads the whole document: data after the root is also a fault.
                while (json.Read())
                {
                }

                using var parsed = JsonDocument.Parse(text, new() { MaxDepth = Math.Clamp(limits.MaxDepth, 1, SnapshotLimits.MaxNesting) });
                return Judged(parsed.RootElement, read);
            },
            out var fault);
        return result ?? new(null, [fault!]);
    }

    /// <summary>Rejects a document of another format, and names the format that it resembles.</summary>
    /// <param name="root">The document's root.</param>
    /// <param name="format">The format, for people: <c>an Unleash client-features document</c>.</param>
    /// <param name="lacks">The missing part: <c>no 'features'</c>.</param>
    public static SnapshotReadResult Refuse(JsonElement root, string format, string lacks)
    {
        ArgumentNullException.ThrowIfNull(format);
        ArgumentNullException.ThrowIfNull(lacks);
        var guess = DocumentGuess.Of(root);
        var looks = guess is null || guess == format ? "" : $" It looks like {guess}.";
        return new(null, [new(DiagnosticId.UnknownSchema, DiagnosticSeverity.Fatal, JsonPath.Root, $"The document is not {format}: it has {lacks}.{looks} Check the source's address, and that the source is one of the same backend.")]);
    }

    /// <summary>Reads one flag. If that throws, the flag is quarantined with a diagnostic; no other flag is affected.</summary>
    /// <param name="collection">The member that contains the flags: <c>flags</c>.</param>
    /// <param name="key">The flag's key.</param>
    /// <param name="read">Reads the flag. Throws a <see cref="FormatException"/> with a sentence about the fault if the flag is malformed.</param>
    public static FlagDefinition ReadFlag(string collection, string key, Func<FlagDefinition> read)
    {
        ArgumentNullException.ThrowIfNull(collection);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(read);
        try
        {
            return read();
        }
        catch (Exception fault)
        {
            return new() { Key = key, Type = FlagType.Json, Defect = DefectOf(new(DefinitionKind.Flag, key), collection, fault) };
        }
    }

    /// <summary>Describes an unreadable part of a flag, if only the evaluations that reach the part end with an error.</summary>
    /// <param name="path">The part's JSON path.</param>
    /// <param name="key">The flag's key.</param>
    /// <param name="fault">The fault, as a sentence.</param>
    public static SnapshotDiagnostic FaultOfPart(string path, string key, string fault)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(fault);
        return DiagnosticCatalog.UnreadableFeaturePart(path, key, fault);
    }

    /// <summary>Reads one segment. If that throws, the segment is quarantined with a diagnostic, together with the flags that use it.</summary>
    /// <param name="collection">The member that contains the segments: <c>segments</c>.</param>
    /// <param name="name">The segment's name.</param>
    /// <param name="read">Reads the segment. Throws a <see cref="FormatException"/> with a sentence about the fault if the segment is malformed.</param>
    public static SegmentDefinition ReadSegment(string collection, string name, Func<SegmentDefinition> read)
    {
        ArgumentNullException.ThrowIfNull(collection);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(read);
        try
        {
            return read();
        }
        catch (Exception fault)
        {
            return new() { Name = name, Defect = DefectOf(new(DefinitionKind.Segment, name), collection, fault) };
        }
    }

    /// <summary>Converts a JSON value to an attribute; JSON null becomes a null value.</summary>
    /// <param name="value">The value.</param>
    public static AttributeValue ValueOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number when BackendJson.TryReadWhole(value, out var whole) => whole,
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.Array => AttributeValue.List([.. value.EnumerateArray().Select(ValueOf)]),
        JsonValueKind.Object => AttributeValue.Object(value.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, ValueOf(member.Value)))),
        _ => default,
    };

    /// <summary>Creates the warning for a document without its flags, which is accepted as an empty one.</summary>
    /// <param name="member">The missing member: <c>features</c>.</param>
    public static SnapshotDiagnostic WarnOfNoFlags(string member)
    {
        ArgumentNullException.ThrowIfNull(member);
        return DiagnosticCatalog.NoFlags(JsonPath.Root, member);
    }

    private static SnapshotDiagnostic DefectOf(DefinitionName name, string collection, Exception fault)
    {
        var (path, subject) = (JsonPath.Named(collection, name.Name), $"{name.Kind} {DiagnosticCatalog.Quote(name.Name)}");
        return fault is FormatException ? DiagnosticCatalog.Malformed(path, subject, fault.Message) : DiagnosticCatalog.UnreadablePart(path, subject, fault);
    }

    private static SnapshotReadResult Judged(JsonElement root, Func<JsonElement, SnapshotReadResult> read)
    {
        try
        {
            return read(root);
        }
        catch (Exception fault)
        {
            return new(null, [DiagnosticCatalog.UnreadableDocument(JsonPath.Root, fault)]);
        }
    }
}

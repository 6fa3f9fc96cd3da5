using System.Text;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.Json;

/// <content>The parts that most objects of the format share.</content>
internal sealed partial class SnapshotWriter
{
    // Before each object that may be nested without end.
    private void CheckRoom()
    {
        if (writer.CurrentDepth - _start >= SnapshotLimits.MaxNesting)
            throw TooMuch("a part of it");
        if (writer.BytesCommitted + writer.BytesPending > Array.MaxLength)
            throw new ArgumentException($"The snapshot is longer than {Array.MaxLength} bytes, which no reader takes. {_last} was written last. Remove conditions.");
    }

    private ArgumentException TooMuch(string part) => new(
        $"{_last} cannot be written: {part} is nested more deeply than {SnapshotLimits.MaxNesting} levels of the document, or is larger than {AttributeBounds.OfDocuments.MaxSize} characters. No reader takes it. Simplify it.");

    private void WriteRaw(string json)
    {
        if (IsTooDeep(json))
            throw TooMuch("a value");
        writer.WriteRawValue(json, skipInputValidation: true);
    }

    private bool IsTooDeep(string json)
    {
        var room = SnapshotLimits.MaxNesting - (writer.CurrentDepth - _start);
        if (room > 0 && json.AsSpan().Count('{') + json.AsSpan().Count('[') <= room)
            return false;
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json), new JsonReaderOptions { MaxDepth = int.MaxValue, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray && reader.CurrentDepth >= room)
                return true;
        }

        return false;
    }

    private void WriteText(string name, string? text)
    {
        if (text is not null)
            writer.WriteString(name, text);
    }

    private void WriteInstant(string name, DateTimeOffset? instant)
    {
        if (instant is { } at)
            writer.WriteString(name, InstantJson.Format(at));
    }

    private void WriteBy(IReadOnlyList<string>? by)
    {
        if (by is [var only])
            writer.WriteString("by", only);
        else if (by is not null)
            WriteTexts("by", by);
    }

    private void WriteTexts(string name, IReadOnlyList<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
            writer.WriteStringValue(text);
        writer.WriteEndArray();
    }

    private void WriteTextsUnlessEmpty(string name, IReadOnlyList<string> texts)
    {
        if (texts.Count > 0)
            WriteTexts(name, texts);
    }

    private void WriteList<T>(string name, IReadOnlyList<T> items, Action<T> write)
    {
        if (items.Count == 0)
            return;

        writer.WriteStartArray(name);
        foreach (var item in items)
            write(item);
        writer.WriteEndArray();
    }

    private void WriteNamed<T>(string collection, IReadOnlyList<T> items, Func<T, string> nameOf, Func<T, SnapshotDiagnostic?> defectOf, Action<T> writeMembers)
    {
        if (items.Any(item => defectOf(item) is null))
            WriteAllNamed(collection, items, nameOf, defectOf, writeMembers);
    }

    private void WriteAllNamed<T>(string collection, IReadOnlyList<T> items, Func<T, string> nameOf, Func<T, SnapshotDiagnostic?> defectOf, Action<T> writeMembers)
    {
        writer.WriteStartObject(collection);
        foreach (var item in items)
        {
            if (defectOf(item) is not null)
                continue;

            writer.WriteStartObject(nameOf(item));
            writeMembers(item);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }
}

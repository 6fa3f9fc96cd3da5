using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.Json;

/// <content>The parts that most objects of the format share.</content>
internal sealed partial class SnapshotWriter
{
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

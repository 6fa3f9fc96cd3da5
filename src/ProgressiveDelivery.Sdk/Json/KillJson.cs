using System.Buffers;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>Reads and writes a list of kills, as it is kept on disk.</summary>
internal static class KillJson
{
    /// <summary>The name of the list's format.</summary>
    public const string Format = "progressive-delivery-kills/1";

    public static ReadOnlyMemory<byte> Write(IEnumerable<SnapshotKill> kills)
    {
        var text = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(text);
        writer.WriteStartArray();
        foreach (var (version, flag, variant) in kills)
        {
            writer.WriteStartObject();
            writer.WriteNumber("version", version);
            writer.WriteString("flag", flag);
            writer.WriteString("variant", variant);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.Flush();
        return text.WrittenMemory;
    }

    /// <summary>Every kill of a list that is one; none of what is no list.</summary>
    public static IEnumerable<SnapshotKill> Read(ReadOnlyMemory<byte> text, SnapshotLimits limits)
    {
        using var json = new DocumentParser(limits).Parse(text, out _);
        if (json?.RootElement is not { ValueKind: JsonValueKind.Array } list)
            yield break;

        var reader = new KillReader(limits);
        foreach (var element in list.EnumerateArray())
        {
            if (reader.Read(element, out _) is { } kill)
                yield return kill;
        }
    }
}

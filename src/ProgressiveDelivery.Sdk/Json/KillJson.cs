using System.Buffers;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>Writes a list of kills, as it is kept on disk; a <see cref="KillReader"/> reads it.</summary>
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
}

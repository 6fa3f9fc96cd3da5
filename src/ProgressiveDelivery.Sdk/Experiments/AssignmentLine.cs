using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Experiments;

/// <summary>The form of an assignment in a file: <c>{"experiment":"banner","unit":"ada","version":1,"variant":"short"}</c>.</summary>
internal static class AssignmentLine
{
    public const byte End = (byte)'\n';

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a line, with its end.</summary>
    public static void Write(ArrayBufferWriter<byte> lines, AssignmentKey key, StoredAssignment assignment)
    {
        using (var json = new Utf8JsonWriter(lines, Plain))
        {
            json.WriteStartObject();
            json.WriteString("experiment"u8, key.Experiment);
            json.WriteString("unit"u8, key.Unit);
            json.WriteNumber("version"u8, assignment.Version);
            json.WriteString("variant"u8, assignment.Variant);
            json.WriteEndObject();
        }

        lines.Write([End]);
    }

    /// <summary>Reads a line without its end; false if it is no whole assignment, such as one that a crash cut off.</summary>
    public static bool TryRead(ReadOnlySpan<byte> line, out AssignmentKey key, out StoredAssignment assignment)
    {
        (key, assignment) = (default, default);
        try
        {
            return TryReadWhole(line, out key, out assignment);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }

    private static bool TryReadWhole(ReadOnlySpan<byte> line, out AssignmentKey key, out StoredAssignment assignment)
    {
        string? experiment = null, unit = null, variant = null;
        int? version = null;
        var json = new Utf8JsonReader(line);
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString();
            json.Read();
            switch (name)
            {
                case "experiment": experiment = json.GetString(); break;
                case "unit": unit = json.GetString(); break;
                case "version": version = json.GetInt32(); break;
                case "variant": variant = json.GetString(); break;
                default: json.Skip(); break;
            }
        }

        key = new(experiment ?? "", unit ?? "");
        assignment = new(version ?? 0, variant ?? "");
        return experiment is not null && unit is not null && variant is not null && version is not null && json.TokenType == JsonTokenType.EndObject && !json.Read();
    }
}

using System.Buffers;
using System.Text;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Steering;

/// <summary>Writes and reads the acts that survive a restart, as they are kept on disk.</summary>
internal static class ControlJson
{
    /// <summary>The name of the format.</summary>
    public const string Format = "progressive-delivery-control/1";

    // The held snapshot is nested in it, and is judged on its own.
    private const int MaxNesting = SnapshotLimits.MaxNesting + 8;

    public static ReadOnlyMemory<byte> Write(KeptControl control)
    {
        var text = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(text, new() { Encoder = PlainJsonEncoder.Instance, MaxDepth = MaxNesting });
        writer.WriteStartObject();
        if (control.Hold is { } hold)
        {
            writer.WriteStartObject("hold");
            writer.WriteNumber("version", hold.Version);
            WriteAct(writer, hold);
            if (control.IsOvertaken)
                writer.WriteBoolean("overtaken", true);
            writer.WritePropertyName("snapshot");
            writer.WriteRawValue(control.Held.Span, skipInputValidation: true);
            writer.WriteEndObject();
        }

        writer.WriteStartArray("overrides");
        foreach (var put in control.Overrides)
        {
            writer.WriteStartObject();
            writer.WriteString("flag", put.Flag);
            writer.WriteString("variant", put.Variant);
            WriteAct(writer, put);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        CanaryJson.Write(writer, control.Canary);
        writer.WriteEndObject();
        writer.Flush();
        return text.WrittenMemory;
    }

    /// <summary>Reads it back; returns null if it is something else. Never throws on data.</summary>
    public static KeptControl? Read(ReadOnlyMemory<byte> text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new() { MaxDepth = MaxNesting });
            var root = document.RootElement;
            var hold = root.TryGetProperty("hold", out var held) ? held : (JsonElement?)null;
            return new(
                hold is { } one ? ReadHold(one) : null,
                hold is { } another ? Encoding.UTF8.GetBytes(another.GetProperty("snapshot").GetRawText()) : default,
                [.. root.GetProperty("overrides").EnumerateArray().Select(ReadOverride)],
                CanaryJson.Read(root))
            {
                IsOvertaken = hold is { } kept && kept.TryGetProperty("overtaken", out var overtaken) && overtaken.GetBoolean(),
            };
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return null;
        }
    }

    private static void WriteAct(Utf8JsonWriter writer, StandingAct act)
    {
        writer.WriteString("by", act.By);
        writer.WriteString("reason", act.Reason);
        writer.WriteString("since", act.Since);
        if (act.ExpiresAt is { } expiry)
            writer.WriteString("expiresAt", expiry);
    }

    private static SnapshotHold ReadHold(JsonElement hold) => new()
    {
        Version = hold.GetProperty("version").GetInt64(),
        By = Text(hold, "by"),
        Reason = Text(hold, "reason"),
        Since = hold.GetProperty("since").GetDateTimeOffset(),
        ExpiresAt = Expiry(hold),
        SurvivesRestart = true,
    };

    private static FlagOverride ReadOverride(JsonElement put) => new()
    {
        Flag = Text(put, "flag"),
        Variant = Text(put, "variant"),
        By = Text(put, "by"),
        Reason = Text(put, "reason"),
        Since = put.GetProperty("since").GetDateTimeOffset(),
        ExpiresAt = Expiry(put),
        SurvivesRestart = true,
    };

    private static string Text(JsonElement act, string name) => act.GetProperty(name).GetString() ?? throw new FormatException($"'{name}' is null.");

    private static DateTimeOffset? Expiry(JsonElement act) => act.TryGetProperty("expiresAt", out var expiry) ? expiry.GetDateTimeOffset() : null;
}

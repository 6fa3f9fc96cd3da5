using System.Buffers;
using System.Text;
using System.Text.Json;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Live;

/// <summary>Writes messages of the stream, as server-sent events. No text of flags, rules or persons is in them.</summary>
internal static class LiveMessage
{
    /// <summary>The last message of a stream that ends as planned: the page connects again at once.</summary>
    public static ReadOnlyMemory<byte> End { get; } = "event: end\ndata: {}\n\n"u8.ToArray();

    /// <summary>Returns the message of each second: the time of the server, and how current the rules are.</summary>
    public static ReadOnlyMemory<byte> Tick(LiveState state, DateTimeOffset now, TimeSpan? maxStaleness) => Write("tick", json =>
    {
        json.WriteString("now", now.UtcDateTime);
        WriteState(json, state);
        json.WriteBoolean("stale", state.Status.State != FeatureClientState.Ready || state.Status.Age > maxStaleness);
    });

    /// <summary>Returns the message that parts of the page changed.</summary>
    public static ReadOnlyMemory<byte> Change(LiveState state, IEnumerable<string> parts) => Write("change", json =>
    {
        WriteState(json, state);
        json.WriteStartArray("changed");
        foreach (var part in parts)
            json.WriteStringValue(part);
        json.WriteEndArray();
    });

    private static void WriteState(Utf8JsonWriter json, LiveState state)
    {
        json.WriteString("state", state.Status.State.ToString());
        json.WriteNumber("version", state.Status.SnapshotVersion);
        json.WriteNumber("revision", state.Revision);
        if (state.Status.Age is { } age)
            json.WriteNumber("ageSeconds", Math.Round(age.TotalSeconds, 3));
        else
            json.WriteNull("ageSeconds");
    }

    private static ReadOnlyMemory<byte> Write(string name, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        buffer.Write(Encoding.ASCII.GetBytes($"event: {name}\ndata: "));
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        buffer.Write("\n\n"u8);
        return buffer.WrittenMemory;
    }
}

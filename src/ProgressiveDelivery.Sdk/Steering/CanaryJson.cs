using System.Text.Json;
using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Telemetry;

namespace ProgressiveDelivery.Sdk.Steering;

/// <summary>Writes and reads trips of guards and positions of rollouts, as members of the document of acts. Documents of older versions lack them.</summary>
internal static class CanaryJson
{
    public static void Write(Utf8JsonWriter writer, CanaryState canary)
    {
        if (canary.Trips.Count > 0)
            WriteAll(writer, "trips", canary.Trips, Write);
        if (canary.Ramps.Count > 0)
            WriteAll(writer, "ramps", canary.Ramps, Write);
    }

    /// <summary>Reads them from the root of a document.</summary>
    /// <exception cref="FormatException">A value is out of range. Other exceptions are those of <see cref="JsonElement"/>.</exception>
    public static CanaryState Read(JsonElement root) => new(ReadAll(root, "trips", ReadTrip), ReadAll(root, "ramps", ReadRamp));

    private static void WriteAll<T>(Utf8JsonWriter writer, string name, IReadOnlyList<T> entries, Action<Utf8JsonWriter, T> write)
    {
        writer.WriteStartArray(name);
        foreach (var entry in entries)
        {
            writer.WriteStartObject();
            write(writer, entry);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, GuardTrip trip)
    {
        writer.WriteString("flag", trip.Flag);
        writer.WriteString("guard", trip.Guard);
        writer.WriteString("variant", trip.Variant);
        writer.WriteString("response", TelemetryNames.Of(trip.Response));
        if (trip.Served is { } served)
            writer.WriteString("served", served);
        writer.WriteString("evidence", trip.Evidence);
        writer.WriteString("since", trip.Since);
        writer.WriteNumber("version", trip.Version);
        writer.WriteNumber("attempt", trip.Attempt);
        if (trip.ProbePercent is { } percent)
            writer.WriteNumber("probePercent", percent);
        if (trip.Probes > 0)
            writer.WriteNumber("probes", trip.Probes);
        if (trip.NextProbe is { } next)
            writer.WriteString("nextProbe", next);
    }

    private static void Write(Utf8JsonWriter writer, RampPosition position)
    {
        writer.WriteString("flag", position.Flag);
        if (position.Rule is { } rule)
            writer.WriteString("rule", rule);
        writer.WriteNumber("reached", position.Reached);
        if (position.IsPaused)
            writer.WriteBoolean("paused", true);
        writer.WriteString("cause", position.Cause);
        writer.WriteString("since", position.Since);
        writer.WriteNumber("attempt", position.Attempt);
    }

    private static IReadOnlyList<T> ReadAll<T>(JsonElement root, string name, Func<JsonElement, T> read) =>
        root.TryGetProperty(name, out var entries) ? [.. entries.EnumerateArray().Select(read)] : [];

    private static GuardTrip ReadTrip(JsonElement trip) => new()
    {
        Flag = Text(trip, "flag"),
        Guard = Text(trip, "guard"),
        Variant = Text(trip, "variant"),
        Response = ReadResponse(Text(trip, "response")),
        Served = trip.TryGetProperty("served", out _) ? Text(trip, "served") : null,
        Evidence = Text(trip, "evidence"),
        Since = trip.GetProperty("since").GetDateTimeOffset(),
        Version = trip.GetProperty("version").GetInt64(),
        Attempt = trip.GetProperty("attempt").GetInt64(),
        ProbePercent = trip.TryGetProperty("probePercent", out var percent) ? Percent(percent) : null,
        Probes = trip.TryGetProperty("probes", out var probes) ? probes.GetInt32() : 0,
        NextProbe = trip.TryGetProperty("nextProbe", out var next) ? next.GetDateTimeOffset() : null,
    };

    private static RampPosition ReadRamp(JsonElement position) => new()
    {
        Flag = Text(position, "flag"),
        Rule = position.TryGetProperty("rule", out _) ? Text(position, "rule") : null,
        Reached = Percent(position.GetProperty("reached")),
        IsPaused = position.TryGetProperty("paused", out var paused) && paused.GetBoolean(),
        Cause = Text(position, "cause"),
        Since = position.GetProperty("since").GetDateTimeOffset(),
        Attempt = position.GetProperty("attempt").GetInt64(),
    };

    private static GuardResponse ReadResponse(string name) => name switch
    {
        "revert" => GuardResponse.Revert,
        "pause" => GuardResponse.Pause,
        _ => throw new FormatException($"'{name}' is no response that holds."),
    };

    // A share that no rollout can have would make the flag malformed.
    private static decimal Percent(JsonElement value) => value.GetDecimal() is >= 0 and <= 100 and var percent ? percent : throw new FormatException("A share is out of range.");

    private static string Text(JsonElement entry, string name) => entry.GetProperty(name).GetString() ?? throw new FormatException($"'{name}' is null.");
}

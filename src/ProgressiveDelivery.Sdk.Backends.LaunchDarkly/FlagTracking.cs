using System.Buffers;
using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Backends.LaunchDarkly;

/// <summary>The answers of one flag that LaunchDarkly expects events of. Travels in the flag's metadata.</summary>
internal sealed class FlagTracking
{
    /// <summary>The name in the metadata.</summary>
    public const string Name = "events";

    private const string All = "all";
    private const string Rules = "rules";
    private const string Fallthrough = "fallthrough";
    private const string FirstRule = "firstRule";
    private const string Debug = "debugUntil";
    private const string Sampling = "samplingRatio";

    private readonly bool _all;
    private readonly bool _fallthrough;
    private readonly HashSet<long> _rules;
    private readonly long _firstRule;

    private FlagTracking(JsonElement note)
    {
        (_all, _fallthrough) = (Json.IsTrue(note, All), Json.IsTrue(note, Fallthrough));
        _rules = [.. Json.Items(note, Rules).Where(rule => rule.TryGetInt64(out _)).Select(rule => rule.GetInt64())];
        (_firstRule, DebugUntil, SamplingRatio) = (Json.Whole(note, FirstRule) ?? 0, Json.Whole(note, Debug) ?? 0, Json.Whole(note, Sampling) ?? 1);
    }

    /// <summary>A flag of which no single answer is expected.</summary>
    public static FlagTracking None { get; } = new(default);

    /// <summary>The time until which debug events are expected, in milliseconds since 1970; 0 if none are.</summary>
    public long DebugUntil { get; }

    /// <summary>The number of answers of which one is recorded, chosen at random; 0 to record none.</summary>
    public long SamplingRatio { get; }

    /// <summary>Indicates whether every answer is expected.</summary>
    public bool TracksAll => _all;

    /// <summary>Returns the note in a flag's metadata.</summary>
    public static FlagTracking Of(IReadOnlyDictionary<string, JsonElement> metadata) =>
        metadata.TryGetValue(Name, out var note) && note.ValueKind == JsonValueKind.Object ? new(note) : None;

    /// <summary>Returns whether a rule, or the fallthrough for -1, is tracked.</summary>
    /// <param name="rule">The place among the rules of the definition.</param>
    public bool Tracks(int rule) => rule < 0 ? _fallthrough : _rules.Contains(rule - _firstRule);

    /// <summary>Returns the place of a rule in LaunchDarkly's flag; negative for a target.</summary>
    /// <param name="rule">The place among the rules of the definition.</param>
    public int PlaceOf(int rule) => rule - (int)_firstRule;

    /// <summary>Returns the metadata of a flag; empty if nothing is to be noted.</summary>
    /// <param name="flag">The flag.</param>
    /// <param name="firstRule">The number of rules of the definition before the flag's own.</param>
    /// <param name="hasExperiment">True if a part of the flag is an experiment, whose answers are always expected.</param>
    public static Dictionary<string, JsonElement> Metadata(JsonElement flag, int firstRule, bool hasExperiment)
    {
        var metadata = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body))
            Write(json, flag, firstRule);
        using var document = JsonDocument.Parse(body.WrittenMemory);
        if (hasExperiment || document.RootElement.EnumerateObject().Any(member => member.Name != FirstRule))
            metadata[Name] = document.RootElement.Clone();
        return metadata;
    }

    private static void Write(Utf8JsonWriter json, JsonElement flag, int firstRule)
    {
        json.WriteStartObject();
        if (Json.IsTrue(flag, "trackEvents"))
            json.WriteBoolean(All, true);
        if (Json.IsTrue(flag, "trackEventsFallthrough"))
            json.WriteBoolean(Fallthrough, true);
        long[] tracked = [.. Json.Items(flag, "rules").Select((rule, place) => (rule, place)).Where(rule => Json.IsTrue(rule.rule, "trackEvents")).Select(rule => (long)rule.place)];
        if (tracked.Length > 0)
        {
            json.WriteStartArray(Rules);
            foreach (var place in tracked)
                json.WriteNumberValue(place);
            json.WriteEndArray();
        }

        if (Json.Whole(flag, "debugEventsUntilDate") is { } until and > 0)
            json.WriteNumber(Debug, until);
        if (Json.Whole(flag, "samplingRatio") is { } ratio and not 1)
            json.WriteNumber(Sampling, Math.Max(0, ratio));
        if (firstRule > 0)
            json.WriteNumber(FirstRule, firstRule);
        json.WriteEndObject();
    }
}

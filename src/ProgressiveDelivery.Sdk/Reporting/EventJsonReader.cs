using System.Collections.ObjectModel;
using System.Text;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Observation;

namespace ProgressiveDelivery.Sdk.Reporting;

/// <summary>Reads what <see cref="EventJson"/> writes. An instant among the attributes is read as the text that it is written as.</summary>
internal static class EventJsonReader
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 1_000 };

    /// <summary>Reads one object into the list of its kind.</summary>
    /// <returns>False if it is damaged, or not of a kind that this version knows.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> line, List<FeatureEvent> events, List<EventCount> counts)
    {
        try
        {
            using var parsed = JsonDocument.Parse(line, Deep);
            var json = parsed.RootElement;
            switch (Text(json, "type"))
            {
                case "exposure":
                    events.Add(Exposure(json));
                    return true;
                case "outcome":
                    events.Add(Outcome(json));
                    return true;
                case "exposureCount" or "outcomeCount":
                    counts.Add(Count(json));
                    return true;
                default:
                    return false;
            }
        }
        catch (Exception damage) when (damage is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            return false;
        }
    }

    private static ExposureEvent Exposure(JsonElement json) => new()
    {
        Id = Text(json, "id"),
        Time = Time(json, "time"),
        Unit = Text(json, "unit"),
        UnitKind = Text(json, "unitKind"),
        Attributes = Attributes(json),
        Flag = Text(json, "flag"),
        Experiment = Text(json, "experiment"),
        Variant = Text(json, "variant"),
        Rule = TextIfAny(json, "rule"),
        Reason = Enum.TryParse<EvaluationReason>(Text(json, "reason"), out var reason) ? reason : default,
        SnapshotVersion = json.GetProperty("snapshotVersion").GetInt64(),
        Origin = Enum.TryParse<SnapshotOrigin>(Text(json, "origin"), out var origin) ? origin : default,
    };

    private static OutcomeEvent Outcome(JsonElement json) => new()
    {
        Id = Text(json, "id"),
        Time = Time(json, "time"),
        Unit = Text(json, "unit"),
        UnitKind = Text(json, "unitKind"),
        Attributes = Attributes(json),
        Metric = Text(json, "metric"),
        Value = json.GetProperty("value").GetDouble(),
        Variants = json.TryGetProperty("variants", out var variants) ? [.. variants.EnumerateArray().Select(Given)] : [],
        OmittedVariants = json.TryGetProperty("omittedVariants", out var omitted) ? omitted.GetInt32() : 0,
    };

    private static GivenVariant Given(JsonElement json) => new()
    {
        Flag = Text(json, "flag"),
        Variant = Text(json, "variant"),
        Experiment = TextIfAny(json, "experiment"),
        Unit = TextIfAny(json, "unit"),
        UnitKind = Text(json, "unitKind"),
    };

    private static EventCount Count(JsonElement json) => new()
    {
        Id = Text(json, "id"),
        From = Time(json, "from"),
        To = Time(json, "to"),
        Flag = TextIfAny(json, "flag"),
        Experiment = TextIfAny(json, "experiment"),
        Variant = TextIfAny(json, "variant"),
        Metric = TextIfAny(json, "metric"),
        Count = json.GetProperty("count").GetInt64() is > 0 and var count ? count : throw new FormatException(),
        Sum = json.TryGetProperty("sum", out var sum) ? sum.GetDouble() : 0,
    };

    private static IReadOnlyDictionary<string, AttributeValue> Attributes(JsonElement json)
    {
        if (!json.TryGetProperty("attributes", out var members))
            return ReadOnlyDictionary<string, AttributeValue>.Empty;
        var attributes = new Dictionary<string, AttributeValue>(StringComparer.Ordinal);
        foreach (var member in members.EnumerateObject())
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(member.Value.GetRawText()), new JsonReaderOptions { MaxDepth = Deep.MaxDepth });
            reader.Read();
            attributes[member.Name] = AttributeJson.Read(ref reader);
        }

        return attributes;
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString() ?? throw new FormatException();

    private static string? TextIfAny(JsonElement json, string name) => json.TryGetProperty(name, out var text) ? text.GetString() : null;

    private static DateTimeOffset Time(JsonElement json, string name) =>
        Rfc3339.TryParse(Text(json, name), out var ticks) ? new(ticks, TimeSpan.Zero) : throw new FormatException();
}

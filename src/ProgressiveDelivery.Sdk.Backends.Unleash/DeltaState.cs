using System.Text.Json;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Backends.Unleash;

/// <summary>The features and segments after the events so far. Not safe to use from several threads.</summary>
internal sealed class DeltaState
{
    private readonly Dictionary<string, JsonElement> _features = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonElement> _segments = new(StringComparer.Ordinal);

    public IEnumerable<JsonElement> Features => _features.Values;

    public IEnumerable<JsonElement> Segments => _segments.Values;

    /// <summary>Indicates whether a hydration has arrived. Before it, the state is incomplete.</summary>
    public bool IsHydrated { get; private set; }

    /// <summary>Applies events in order. Unknown events are ignored.</summary>
    public void Apply(JsonElement events)
    {
        foreach (var @event in events.EnumerateArray())
            ApplyOne(@event);
    }

    /// <summary>Writes the state as a whole document.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("version", 2);
        WriteAll(json, "features", Features);
        WriteAll(json, "segments", Segments);
        json.WriteEndObject();
    }

    private static void WriteAll(Utf8JsonWriter json, string name, IEnumerable<JsonElement> items)
    {
        json.WriteStartArray(name);
        // Raw, because a text in it may be invalid.
        foreach (var item in items)
            json.WriteRawValue(item.GetRawText(), skipInputValidation: true);
        json.WriteEndArray();
    }

    private void ApplyOne(JsonElement @event)
    {
        switch (Json.Name(@event, "type"))
        {
            case "hydration":
                IsHydrated = true;
                _features.Clear();
                _segments.Clear();
                foreach (var feature in Json.ItemsOrNone(@event, "features"))
                    Put(_features, feature, "name");
                foreach (var segment in Json.ItemsOrNone(@event, "segments"))
                    Put(_segments, segment, "id");
                break;
            case "feature-updated":
                Put(_features, BackendJson.Find(@event, "feature") ?? default, "name");
                break;
            case "feature-removed":
                _features.Remove(Json.Name(@event, "featureName") ?? "");
                break;
            case "segment-updated":
                Put(_segments, BackendJson.Find(@event, "segment") ?? default, "id");
                break;
            case "segment-removed":
                _segments.Remove(Json.Name(@event, "segmentId") ?? "");
                break;
        }
    }

    private static void Put(Dictionary<string, JsonElement> items, JsonElement item, string key)
    {
        if (Json.Name(item, key) is { } name)
            items[name] = item.Clone();
    }
}

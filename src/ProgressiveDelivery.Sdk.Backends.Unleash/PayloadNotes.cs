using System.Collections.ObjectModel;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Backends.Unleash;

/// <summary>The notes on a flag's variants in its metadata: their payloads as they were sent, by name.</summary>
internal static class PayloadNotes
{
    public const string Name = "payloads";

    public static IReadOnlyDictionary<string, JsonElement> Of(Feature feature)
    {
        if (!feature.HasVariants)
            return ReadOnlyDictionary<string, JsonElement>.Empty;
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartArray();
            foreach (var variant in Json.Items(feature.Document, "variants").Concat(Json.Items(feature.Document, "strategies").SelectMany(strategy => Json.Items(strategy, "variants"))))
                Write(json, variant);
            json.WriteEndArray();
        }

        using var document = JsonDocument.Parse(stream.GetBuffer().AsMemory(0, (int)stream.Length));
        return new Dictionary<string, JsonElement>(StringComparer.Ordinal) { [Name] = document.RootElement.Clone() };
    }

    private static void Write(Utf8JsonWriter json, JsonElement variant)
    {
        if (BackendJson.Find(variant, "payload") is not { } payload)
            return;
        json.WriteStartObject();
        json.WriteString("name", Json.Text(variant, "name"));
        json.WriteString("type", Json.Text(payload, "type"));
        json.WriteString("value", Json.Text(payload, "value"));
        json.WriteEndObject();
    }
}

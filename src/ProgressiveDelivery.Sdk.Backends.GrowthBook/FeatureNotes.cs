using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Backends.GrowthBook;

/// <summary>The notes on a feature in its flag's metadata: the rules as they were sent, and the bandits that they name.</summary>
internal static class FeatureNotes
{
    public const string Rules = "rules";
    public const string Bandits = "contextualBandits";

    public static IReadOnlyDictionary<string, JsonElement> OfRules(JsonElement[] rules, Payload payload)
    {
        var notes = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (rules.Length == 0)
            return notes;
        notes[Rules] = Written(json =>
        {
            json.WriteStartArray();
            foreach (var rule in rules)
                rule.WriteTo(json);
            json.WriteEndArray();
        });
        var bandits = rules.Select(rule => (Name: Json.SomeText(rule, "contextualBanditRef"), Bandit: payload.BanditOf(rule))).Where(named => named.Bandit is not null).DistinctBy(named => named.Name).ToArray();
        if (bandits.Length > 0)
        {
            notes[Bandits] = Written(json =>
            {
                json.WriteStartObject();
                foreach (var (name, bandit) in bandits)
                {
                    json.WritePropertyName(name!);
                    bandit!.Value.WriteTo(json);
                }

                json.WriteEndObject();
            });
        }

        return notes;
    }

    private static JsonElement Written(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
            write(json);
        using var document = JsonDocument.Parse(stream.GetBuffer().AsMemory(0, (int)stream.Length));
        return document.RootElement.Clone();
    }
}

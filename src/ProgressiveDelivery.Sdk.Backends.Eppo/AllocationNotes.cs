using System.Text.Json;
using System.Text.Json.Nodes;

namespace ProgressiveDelivery.Sdk.Backends.Eppo;

/// <summary>What a flag's metadata tells of its allocations: their keys in order, whether their assignments are to be logged, and OpenFeature's reason for who is in one.</summary>
internal static class AllocationNotes
{
    public const string Name = "allocations";
    public const string Key = "key";
    public const string DoLog = "doLog";
    public const string Reason = "reason";
    public const string HasStart = "hasStart";
    public const string HasEnd = "hasEnd";

    public static JsonElement Of(JsonArray notes)
    {
        using var document = JsonDocument.Parse(notes.ToJsonString());
        return document.RootElement.Clone();
    }

    public static JsonObject Note(string key, JsonElement allocation, bool hasRules, bool hasBounds, (int All, int Significant)[] shards)
    {
        return new()
        {
            [Key] = key,
            [DoLog] = Json.IsTrue(allocation, DoLog),
            [Reason] = ReasonOf(hasRules, hasBounds, shards),
            [HasStart] = Json.Find(allocation, "startAt") is not null,
            [HasEnd] = Json.Find(allocation, "endAt") is not null,
        };
    }

    private static string ReasonOf(bool hasRules, bool hasBounds, (int All, int Significant)[] shards)
    {
        if (hasRules)
            return "TARGETING_MATCH";
        if (shards is not [var only])
            return "SPLIT";
        if (hasBounds && only.Significant == 0)
            return "DEFAULT";
        return only.All == 0 ? "STATIC" : "SPLIT";
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Backends.Eppo;

/// <summary>The notes on allocations in a flag's metadata: their keys in order, whether to log their assignments, and OpenFeature's reason for a match.</summary>
internal static class AllocationNotes
{
    public const string Name = "allocations";
    public const string Key = "key";
    public const string DoLog = "doLog";
    public const string Reason = "reason";
    public const string HasStart = "hasStart";
    public const string HasEnd = "hasEnd";

    /// <summary>The prefix of the id of a faulty variation's step, before the variation's name. Its value is of another type than the flag.</summary>
    public const string FaultyVariation = "variation ";

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
            [HasStart] = BackendJson.Find(allocation, "startAt") is not null,
            [HasEnd] = BackendJson.Find(allocation, "endAt") is not null,
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

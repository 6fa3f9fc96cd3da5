using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Backends.Flagd;

/// <summary>Tells flagd's documents from others.</summary>
internal static class FlagdDocument
{
    /// <summary>What a document has not that flagd's have; null: nothing.</summary>
    public static string? Lack(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("flags", out var flags))
            return "no 'flags'";
        if (flags.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
            return $"'flags' that are {JsonKind.Of(flags)}";
        if (root.TryGetProperty("schema", out _))
            return "a 'schema'";
        var isEmpty = true;
        foreach (var (_, flag) in Flags(flags))
        {
            if (flag.ValueKind == JsonValueKind.Object && (flag.TryGetProperty("variants", out _) || flag.TryGetProperty("state", out _)))
                return null;
            isEmpty = false;
        }

        return isEmpty ? null : "flags without 'state' and 'variants'";
    }

    /// <summary>The flags with their keys, whether they are written as an object or as a list.</summary>
    public static IEnumerable<(string Key, JsonElement Value)> Flags(JsonElement flags)
    {
        if (flags.ValueKind == JsonValueKind.Object)
            return flags.EnumerateObject().Select(flag => (flag.Name, flag.Value));
        return flags.EnumerateArray().Select(flag => (
            flag.ValueKind == JsonValueKind.Object && flag.TryGetProperty("key", out var key) && key.ValueKind == JsonValueKind.String ? key.GetString()! : "",
            flag));
    }
}

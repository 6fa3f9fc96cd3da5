using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Backends.Eppo;

/// <summary>Members of a document; what is absent or null is missing.</summary>
internal static class Json
{
    public static JsonElement? Find(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public static string? Text(JsonElement parent, string name) => Find(parent, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    public static bool IsTrue(JsonElement parent, string name) => Find(parent, name) is { ValueKind: JsonValueKind.True };

    public static double Number(JsonElement parent, string name, double fallback) =>
        Find(parent, name) is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : fallback;

    /// <summary>The items of a list that may be missing.</summary>
    /// <exception cref="FlagException">It is no list.</exception>
    public static JsonElement[] Items(JsonElement parent, string name) => Find(parent, name) switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray()],
        _ => throw new FlagException($"'{name}' is no list."),
    };

    /// <summary>The members of an object that may be missing.</summary>
    /// <exception cref="FlagException">It is no object.</exception>
    public static JsonProperty[] Members(JsonElement parent, string name) => Find(parent, name) switch
    {
        null => [],
        { ValueKind: JsonValueKind.Object } members => [.. members.EnumerateObject()],
        _ => throw new FlagException($"'{name}' is no object."),
    };
}

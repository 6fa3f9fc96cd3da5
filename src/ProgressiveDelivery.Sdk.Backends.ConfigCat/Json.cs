using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Backends.ConfigCat;

/// <summary>Members of a document; what is absent or of another kind is as good as missing.</summary>
internal static class Json
{
    public static string? Text(JsonElement parent, string name) =>
        Find(parent, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    public static int? Whole(JsonElement parent, string name) =>
        Find(parent, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var whole) ? whole : null;

    public static double? Number(JsonElement parent, string name) =>
        Find(parent, name) is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : null;

    public static IEnumerable<JsonElement> Items(JsonElement parent, string name) =>
        Find(parent, name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : Enumerable.Empty<JsonElement>();

    public static IEnumerable<(string Name, JsonElement Value)> Members(JsonElement parent, string name) =>
        Find(parent, name) is { ValueKind: JsonValueKind.Object } members ? members.EnumerateObject().Select(member => (member.Name, member.Value)) : [];

    public static JsonElement? Find(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}

using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Backends.LaunchDarkly;

/// <summary>Members of a document; what is absent, null or of another kind is as good as missing.</summary>
internal static class Json
{
    public static JsonElement? Find(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public static string? Text(JsonElement parent, string name) => Find(parent, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    public static bool IsTrue(JsonElement parent, string name) => Find(parent, name) is { ValueKind: JsonValueKind.True };

    public static long? Whole(JsonElement parent, string name) =>
        Find(parent, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out var number) && Math.Abs(number) < long.MaxValue ? (long)number : null;

    public static IEnumerable<JsonElement> Items(JsonElement parent, string name) =>
        Find(parent, name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : Enumerable.Empty<JsonElement>();

    public static string[] Texts(JsonElement parent, string name) =>
        [.. Items(parent, name).Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)];

    public static IEnumerable<(string Name, JsonElement Value)> Members(JsonElement parent, string name) =>
        Find(parent, name) is { ValueKind: JsonValueKind.Object } members ? members.EnumerateObject().Select(member => (member.Name, member.Value)) : [];
}

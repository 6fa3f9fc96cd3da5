using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Backends.GrowthBook;

/// <summary>Members of a document; what is absent, null or of another kind is as good as missing.</summary>
internal static class Json
{
    public static JsonElement? Find(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public static string? Text(JsonElement parent, string name) => Find(parent, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>A text that counts as true: not an empty one.</summary>
    public static string? SomeText(JsonElement parent, string name) => Text(parent, name) is { Length: > 0 } text ? text : null;

    public static double? Number(JsonElement parent, string name) => Find(parent, name) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;

    public static JsonElement[] Items(JsonElement parent, string name) =>
        Find(parent, name) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray()] : [];

    public static bool IsTrue(JsonElement parent, string name) => Find(parent, name) is { ValueKind: JsonValueKind.True };

    /// <summary>Whether a value counts as true in ECMAScript.</summary>
    public static bool Counts(JsonElement? value) => value switch
    {
        null or { ValueKind: JsonValueKind.Null or JsonValueKind.False or JsonValueKind.Undefined } => false,
        { ValueKind: JsonValueKind.Number } number => number.GetDouble() != 0,
        { ValueKind: JsonValueKind.String } text => text.GetString()!.Length > 0,
        _ => true,
    };
}

using System.Text.Json;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Backends;

/// <summary>
/// Reads members of a document. A member that is absent or null is missing. A member of another JSON type is missing too, unless the project compiles
/// a dialect that converts or rejects it.
/// </summary>
internal static partial class Json
{
    public static string? Text(JsonElement parent, string name)
    {
        if (BackendJson.Find(parent, name) is not { } value)
            return null;
        var text = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        Convert(value, ref text);
        if (text is null)
            Reject(name, "a text");
        return text;
    }

    /// <summary>Returns a text that is not empty.</summary>
    public static string? SomeText(JsonElement parent, string name) => Text(parent, name) is { Length: > 0 } text ? text : null;

    public static double? Number(JsonElement parent, string name)
    {
        if (BackendJson.Find(parent, name) is not { } value)
            return null;
        double? number = value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
        Convert(value, ref number);
        if (number is null)
            Reject(name, "a number");
        return number;
    }

    public static long? Whole(JsonElement parent, string name)
    {
        if (BackendJson.Find(parent, name) is not { } value)
            return null;
        if (BackendJson.TryReadWhole(value, out var whole))
            return whole;
        Reject(name, "a whole number of 64 bits");
        return null;
    }

    public static bool IsTrue(JsonElement parent, string name) => Is(JsonValueKind.True, parent, name);

    public static bool IsFalse(JsonElement parent, string name) => Is(JsonValueKind.False, parent, name);

    /// <summary>Returns the items of a list; none if it is missing.</summary>
    public static JsonElement[] Items(JsonElement parent, string name)
    {
        if (BackendJson.Find(parent, name) is not { } value)
            return [];
        if (value.ValueKind == JsonValueKind.Array)
            return [.. value.EnumerateArray()];
        RejectList(name);
        return [];
    }

    /// <summary>Returns the items of a list; none if it is missing or not a list, whatever the dialect.</summary>
    public static JsonElement[] ItemsOrNone(JsonElement parent, string name) =>
        BackendJson.Find(parent, name) is { ValueKind: JsonValueKind.Array } value ? [.. value.EnumerateArray()] : [];

    /// <summary>Returns the texts of a list; none if it is missing.</summary>
    public static string[] Texts(JsonElement parent, string name)
    {
        var items = Items(parent, name);
        var texts = Array.FindAll(items, item => item.ValueKind == JsonValueKind.String);
        if (texts.Length < items.Length)
            Reject(name, "a list of texts");
        return Array.ConvertAll(texts, text => text.GetString()!);
    }

    /// <summary>Returns the members of an object; none if it is missing.</summary>
    public static JsonProperty[] Members(JsonElement parent, string name)
    {
        if (BackendJson.Find(parent, name) is not { } value)
            return [];
        if (value.ValueKind == JsonValueKind.Object)
            return [.. value.EnumerateObject()];
        Reject(name, "an object");
        return [];
    }

    private static bool Is(JsonValueKind kind, JsonElement parent, string name)
    {
        if (BackendJson.Find(parent, name) is not { } value)
            return false;
        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            Reject(name, "true or false");
        return value.ValueKind == kind;
    }

    // The dialects of a project; calls of those that it does not compile are left out.
    static partial void Convert(JsonElement value, ref string? text);

    static partial void Convert(JsonElement value, ref double? number);

    static partial void Reject(string name, string wanted);

    static partial void RejectList(string name);
}

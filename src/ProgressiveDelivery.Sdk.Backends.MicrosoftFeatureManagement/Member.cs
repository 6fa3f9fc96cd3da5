using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Backends.MicrosoftFeatureManagement;

/// <summary>Members of a document: found without regard to case, as configuration is, and read from their own kind or from text, which is all that a configuration provider has.</summary>
internal static class Member
{
    public static JsonElement? Find(JsonElement parent, string name)
    {
        if (parent.ValueKind != JsonValueKind.Object)
            return null;
        if (parent.TryGetProperty(name, out var exact))
            return NullIsNone(exact);
        foreach (var member in parent.EnumerateObject())
        {
            if (string.Equals(member.Name, name, StringComparison.OrdinalIgnoreCase))
                return NullIsNone(member.Value);
        }

        return null;
    }

    /// <summary>The items of a list, or of an object whose names are indexes.</summary>
    public static IEnumerable<JsonElement> Items(JsonElement parent, string name) => Find(parent, name) switch
    {
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray(),
        { ValueKind: JsonValueKind.Object } items => items.EnumerateObject().Select(member => member.Value),
        _ => [],
    };

    public static string? Text(JsonElement parent, string name) => Find(parent, name) is { } value ? Text(value) : null;

    public static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.True => "True",
        JsonValueKind.False => "False",
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };

    public static string[] Texts(JsonElement parent, string name) => [.. Items(parent, name).Select(Text).OfType<string>()];

    public static bool? Boolean(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => bool.TryParse(value.GetString(), out var parsed) ? parsed : null,
        _ => null,
    };

    public static bool TryNumber(JsonElement value, out double number)
    {
        number = 0;
        return Text(value) is { } text
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number)
            && double.IsFinite(number);
    }

    [return: NotNullIfNotNull(nameof(fallback))]
    public static double? Number(JsonElement parent, string name, double? fallback) =>
        Find(parent, name) is { } value && TryNumber(value, out var number) ? number : fallback;

    private static JsonElement? NullIsNone(JsonElement value) => value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined ? null : value;
}

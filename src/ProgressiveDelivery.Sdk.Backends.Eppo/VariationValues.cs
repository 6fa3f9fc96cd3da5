using System.Globalization;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Backends.Eppo;

/// <summary>The values of variations, each of its flag's type.</summary>
internal static class VariationValues
{
    public static FlagType TypeOf(string? type) => type switch
    {
        "BOOLEAN" => FlagType.Boolean,
        "INTEGER" => FlagType.Integer,
        "NUMERIC" => FlagType.Number,
        "STRING" => FlagType.String,
        "JSON" => FlagType.Json,
        _ => throw new FlagException($"Its type '{type}' is none that there is."),
    };

    /// <summary>Returns the value, or null if it is of another type.</summary>
    public static VariantValue? Of(JsonElement? value, FlagType type, ITextCode code)
    {
        if (value is not { } found)
            return null;
        if (found.ValueKind == JsonValueKind.String)
            return OfText(code.Decode(found.GetString()!), type);
        return (found.ValueKind, type) switch
        {
            (JsonValueKind.True or JsonValueKind.False, FlagType.Boolean) => found.GetBoolean(),
            (JsonValueKind.Number, FlagType.Integer) when BackendJson.TryReadWhole(found, out var whole) => whole,
            (JsonValueKind.Number, FlagType.Number) => found.GetDouble(),
            (not JsonValueKind.Null, FlagType.Json) => VariantValue.Json(found.GetRawText()),
            _ => (VariantValue?)null,
        };
    }

    // JSON is written as a text, and so is everything in an obfuscated document.
    private static VariantValue? OfText(string text, FlagType type) => type switch
    {
        FlagType.String => text,
        FlagType.Boolean when bool.TryParse(text, out var boolean) => boolean,
        FlagType.Integer when Whole(text) is { } whole => whole,
        FlagType.Number when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => number,
        FlagType.Json when IsJson(text) => VariantValue.Json(text),
        _ => (VariantValue?)null,
    };

    // A number is written as one, here in a text: 5, 5.0, 5e0.
    private static long? Whole(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && decimal.Truncate(number) == number && number is >= long.MinValue and <= long.MaxValue ? (long)number : null;

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind != JsonValueKind.Null;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}

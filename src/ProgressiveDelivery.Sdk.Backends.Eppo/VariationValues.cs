using System.Globalization;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;

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

    /// <summary>The value; null where it is of another type.</summary>
    public static VariantValue? Of(JsonElement? value, FlagType type, ITextCode code)
    {
        if (value is not { } found)
            return null;
        if (found.ValueKind == JsonValueKind.String)
            return OfText(code.Decode(found.GetString()!), type);
        return (found.ValueKind, type) switch
        {
            (JsonValueKind.True or JsonValueKind.False, FlagType.Boolean) => found.GetBoolean(),
            (JsonValueKind.Number, FlagType.Integer) when found.TryGetInt64(out var whole) => whole,
            (JsonValueKind.Number, FlagType.Integer) when found.GetDouble() is var number && Math.Floor(number) == number && Math.Abs(number) < long.MaxValue => (long)number,
            (JsonValueKind.Number, FlagType.Number) => found.GetDouble(),
            (not JsonValueKind.Null, FlagType.Json) => VariantValue.Json(found.GetRawText()),
            _ => (VariantValue?)null,
        };
    }

    // JSON is written as a text; and so is everything in an obfuscated document.
    private static VariantValue? OfText(string text, FlagType type) => type switch
    {
        FlagType.String => text,
        FlagType.Boolean when bool.TryParse(text, out var boolean) => boolean,
        FlagType.Integer when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => whole,
        FlagType.Number when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => number,
        FlagType.Json when IsJson(text) => VariantValue.Json(text),
        _ => (VariantValue?)null,
    };

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

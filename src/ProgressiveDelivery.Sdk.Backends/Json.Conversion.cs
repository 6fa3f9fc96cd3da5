using System.Globalization;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Backends;

/// <content>Numbers count as texts, and texts as the numbers in them.</content>
internal static partial class Json
{
    /// <summary>Returns a text, or a number as a text. A whole number has no fraction, in any notation.</summary>
    public static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => BackendJson.TryReadWhole(value, out var whole) ? whole.ToString(CultureInfo.InvariantCulture) : value.GetRawText(),
        _ => null,
    };

    /// <summary>Returns the name of a list's item, or null if it has no such text or number.</summary>
    public static string? Name(JsonElement item, string member) => BackendJson.Find(item, member) is not { } name ? null
        : name.ValueKind == JsonValueKind.String ? (BackendJson.TryReadText(name, out var text) ? text : null)
        : Text(name);

    public static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    static partial void Convert(JsonElement value, ref string? text) => text = Text(value);

    static partial void Convert(JsonElement value, ref double? number) => number = Number(Text(value));
}

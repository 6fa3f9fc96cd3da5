using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Observation;

/// <summary>A value of any type that a caller may ask for, which becomes JSON only if that is needed.</summary>
internal readonly struct PlainValue
{
    private readonly FlagType? _type;
    private readonly long _bits;
    private readonly string? _text;
    private readonly JsonElement _json;

    private PlainValue(FlagType type, long bits, string? text = null, JsonElement json = default) => (_type, _bits, _text, _json) = (type, bits, text, json);

    /// <summary>The value as JSON; null if it is none, or an object of the caller's.</summary>
    public string? Json => _type switch
    {
        FlagType.Boolean => _bits != 0 ? "true" : "false",
        FlagType.Integer => _bits.ToString(CultureInfo.InvariantCulture),
        FlagType.Number => BitConverter.Int64BitsToDouble(_bits) is var number && double.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : null,
        FlagType.String => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(_text!)}\"",
        FlagType.Json => RawText(_json),
        _ => null,
    };

    /// <summary>Takes a value. Allocates nothing.</summary>
    public static PlainValue Of<T>(T value)
    {
        if (typeof(T) == typeof(bool))
            return new(FlagType.Boolean, (bool)(object)value! ? 1 : 0);
        if (typeof(T) == typeof(long))
            return new(FlagType.Integer, (long)(object)value!);
        if (typeof(T) == typeof(int))
            return new(FlagType.Integer, (int)(object)value!);
        if (typeof(T) == typeof(double))
            return new(FlagType.Number, BitConverter.DoubleToInt64Bits((double)(object)value!));
        if (typeof(T) == typeof(JsonElement))
            return new(FlagType.Json, 0, json: (JsonElement)(object)value!);
        return typeof(T) == typeof(string) && (string?)(object?)value is { } text ? new(FlagType.String, 0, text) : default;
    }

    // The document of the caller's element may be disposed.
    private static string? RawText(JsonElement json)
    {
        try
        {
            return json.ValueKind == JsonValueKind.Undefined ? null : json.GetRawText();
        }
        catch (ObjectDisposedException)
        {
            return null;
        }
    }
}

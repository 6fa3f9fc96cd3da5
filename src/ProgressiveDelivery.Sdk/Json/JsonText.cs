using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>Reads texts and exact numbers from JSON, which can hold values that .NET cannot.</summary>
internal static class JsonText
{
    /// <summary>Reads the current text or name. False if it is not a text, or not valid Unicode: JSON can escape half of a surrogate pair.</summary>
    public static bool TryRead(ref Utf8JsonReader json, TextPool? pool, [NotNullWhen(true)] out string? text)
    {
        text = null;
        if (json.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName))
            return false;
        if (json.ValueIsEscaped)
            return TryUnescape(ref json, out text);
        if (json.ValueSpan.IsEmpty)
            text = "";
        else if ((text = pool?.Find(json.ValueSpan)) is null)
            pool?.Keep(json.ValueSpan, text = Encoding.UTF8.GetString(json.ValueSpan));

        text ??= Encoding.UTF8.GetString(json.ValueSpan);
        return true;
    }

    /// <summary>Reads the current number exactly as written; false if it is not a number, or if a decimal would round it.</summary>
    public static bool TryReadExact(ref Utf8JsonReader json, out decimal value)
    {
        value = 0;
        if (json.TokenType != JsonTokenType.Number)
            return false;
        if (json.TryGetInt64(out var whole))
        {
            value = whole;
            return true;
        }

        return json.TryGetDecimal(out value) && IsExact(json.ValueSpan, value);
    }

    /// <summary>Reads the current whole number, also in the form <c>1.0</c> or <c>1e0</c>.</summary>
    public static bool TryReadWhole(ref Utf8JsonReader json, out long value)
    {
        value = 0;
        if (!TryReadExact(ref json, out var number) || number != decimal.Truncate(number) || number is < long.MinValue or > long.MaxValue)
            return false;

        value = (long)number;
        return true;
    }

    public static bool TryReadDouble(ref Utf8JsonReader json, out double value)
    {
        value = 0;
        return json.TokenType == JsonTokenType.Number && json.TryGetDouble(out value) && double.IsFinite(value);
    }

    /// <summary>Describes the current value in words, for messages: <c>a list</c>, <c>the text 'x'</c>.</summary>
    public static string Describe(ref Utf8JsonReader json) => json.TokenType switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.String => TryRead(ref json, pool: null, out var text) ? $"the text {DiagnosticCatalog.Quote(text)}" : "no Unicode text",
        JsonTokenType.Number => $"the number {DiagnosticCatalog.Quote(Encoding.UTF8.GetString(json.ValueSpan))}",
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        _ => "null",
    };

    private static bool TryUnescape(ref Utf8JsonReader json, [NotNullWhen(true)] out string? text)
    {
        try
        {
            text = json.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            text = null;
            return false;
        }
    }

    // A decimal holds any 28 digits. With more digits, and below 1e-28, it rounds silently.
    private static bool IsExact(ReadOnlySpan<byte> text, decimal value)
    {
        var exponent = text.IndexOfAny((byte)'e', (byte)'E');
        var mantissa = exponent < 0 ? text : text[..exponent];
        var digits = 0;
        foreach (var character in mantissa.TrimStart("-0."u8).TrimEnd("0."u8))
            digits += char.IsAsciiDigit((char)character) ? 1 : 0;

        return digits == 0 || (digits <= 28 && value != 0);
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>Takes text and exact numbers out of JSON, which can hold what .NET cannot.</summary>
internal static class JsonText
{
    /// <summary>A text; false where it is no Unicode text: JSON can escape half of a surrogate pair.</summary>
    public static bool TryRead(JsonElement element, [NotNullWhen(true)] out string? text)
    {
        text = null;
        if (element.ValueKind != JsonValueKind.String)
            return false;

        try
        {
            text = element.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>A member's name; false where it is no Unicode text.</summary>
    public static bool TryReadName(JsonProperty property, [NotNullWhen(true)] out string? name)
    {
        try
        {
            name = property.Name;
            return true;
        }
        catch (InvalidOperationException)
        {
            name = null;
            return false;
        }
    }

    /// <summary>A number exactly as written; false where a decimal would have to round it.</summary>
    public static bool TryReadExact(JsonElement element, out decimal value)
    {
        value = 0;
        if (element.ValueKind != JsonValueKind.Number)
            return false;
        if (element.TryGetInt64(out var whole))
        {
            value = whole;
            return true;
        }

        return element.TryGetDecimal(out value) && IsExact(element.GetRawText(), value);
    }

    /// <summary>A whole number, also where it is written <c>1.0</c> or <c>1e0</c>.</summary>
    public static bool TryReadWhole(JsonElement element, out long value)
    {
        value = 0;
        if (!TryReadExact(element, out var number) || number != decimal.Truncate(number) || number is < long.MinValue or > long.MaxValue)
            return false;

        value = (long)number;
        return true;
    }

    /// <summary>A value in words, for messages: <c>a list</c>, <c>the text 'x'</c>.</summary>
    public static string Describe(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => TryRead(element, out var text) ? $"the text {Diagnostics.Quote(text)}" : "no Unicode text",
        JsonValueKind.Number => $"the number {Diagnostics.Quote(element.GetRawText())}",
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Undefined => "missing",
        _ => "null",
    };

    // A decimal holds 28 digits whatever they are; beyond that, and below 1e-28, it rounds without saying so.
    private static bool IsExact(ReadOnlySpan<char> text, decimal value)
    {
        var exponent = text.IndexOfAny('e', 'E');
        var mantissa = exponent < 0 ? text : text[..exponent];
        var digits = 0;
        foreach (var character in mantissa.TrimStart("-0.").TrimEnd("0."))
            digits += char.IsAsciiDigit(character) ? 1 : 0;

        return digits == 0 || (digits <= 28 && value != 0);
    }
}

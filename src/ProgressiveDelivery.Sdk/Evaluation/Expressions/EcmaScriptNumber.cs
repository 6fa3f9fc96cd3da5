using System.Globalization;

namespace ProgressiveDelivery.Sdk.Evaluation.Expressions;

/// <summary>Reads numbers from texts as ECMAScript does. Source: ECMA-262, StringToNumber and parseFloat.</summary>
internal static class EcmaScriptNumber
{
    // Longer numbers occur only in attacks.
    private const int MaxLength = 1_000;

    private const string Infinity = "Infinity";

    /// <summary>Reads a whole text as a number, without outer white space; 0 for an empty text, and NaN if it is not a number.</summary>
    public static double Read(ReadOnlySpan<char> text)
    {
        if (text.Length > MaxLength)
            return double.NaN;
        text = Trim(text);
        if (text.IsEmpty)
            return 0;
        if (text.Length > 2 && text[0] == '0' && Radix(text[1]) is { } radix)
            return Whole(text[2..], radix);
        var length = Length(text);
        return length == text.Length ? Parse(text) : double.NaN;
    }

    /// <summary>Reads the number at the start of a text, after white space; NaN if there is none.</summary>
    public static double ReadStart(ReadOnlySpan<char> text)
    {
        text = Trim(text[..Math.Min(text.Length, MaxLength)]);
        var length = Length(text);
        return length == 0 ? double.NaN : Parse(text[..length]);
    }

    private static double Parse(ReadOnlySpan<char> number)
    {
        var sign = number[0] == '-' ? -1 : 1;
        if (number[^1] == 'y')
            return sign * double.PositiveInfinity;
        return double.Parse(number, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture);
    }

    // The number of leading characters that form a decimal number.
    private static int Length(ReadOnlySpan<char> text)
    {
        var sign = text.Length > 0 && text[0] is '+' or '-' ? 1 : 0;
        if (text[sign..].StartsWith(Infinity, StringComparison.Ordinal))
            return sign + Infinity.Length;
        var whole = Digits(text, sign);
        var end = sign + whole;
        var fraction = 0;
        if (end < text.Length && text[end] == '.')
        {
            fraction = Digits(text, end + 1);
            end += whole + fraction == 0 ? 0 : 1 + fraction;
        }

        return whole + fraction == 0 ? 0 : end + Exponent(text, end);
    }

    private static int Exponent(ReadOnlySpan<char> text, int at)
    {
        if (at >= text.Length || text[at] is not ('e' or 'E'))
            return 0;
        var sign = at + 1 < text.Length && text[at + 1] is '+' or '-' ? 1 : 0;
        var digits = Digits(text, at + 1 + sign);
        return digits == 0 ? 0 : 1 + sign + digits;
    }

    private static int Digits(ReadOnlySpan<char> text, int start)
    {
        var end = start;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
            end++;
        return end - start;
    }

    private static int? Radix(char letter) => letter switch
    {
        'x' or 'X' => 16,
        'o' or 'O' => 8,
        'b' or 'B' => 2,
        _ => null,
    };

    private static double Whole(ReadOnlySpan<char> digits, int radix)
    {
        var value = 0.0;
        foreach (var digit in digits)
        {
            var amount = char.IsAsciiHexDigit(digit) ? char.IsAsciiDigit(digit) ? digit - '0' : (digit | 0x20) - 'a' + 10 : radix;
            if (amount >= radix)
                return double.NaN;
            value = (value * radix) + amount;
        }

        return value;
    }

    private static ReadOnlySpan<char> Trim(ReadOnlySpan<char> text)
    {
        while (text.Length > 0 && IsSpace(text[0]))
            text = text[1..];
        while (text.Length > 0 && IsSpace(text[^1]))
            text = text[..^1];
        return text;
    }

    private static bool IsSpace(char character) => character == '\uFEFF' || (char.IsWhiteSpace(character) && character != '\u0085');
}

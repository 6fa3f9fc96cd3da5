using System.Globalization;
using ProgressiveDelivery.Sdk.Definitions.Translation;

namespace ProgressiveDelivery.Sdk.Evaluation;

/// <summary>Reads the number in a value, under the rules of a dialect.</summary>
internal static class AttributeNumber
{
    private const int MaxText = 128;

    public static bool TryRead(in AttributeValue value, NumberReading reading, out double number)
    {
        if (value.TryGetNumber(out number))
            return true;
        if (reading == NumberReading.Numbers || value.AsString() is not { } text)
            return false;
        return reading == NumberReading.Lenient ? TryParseLenient(text, out number) : TryParse(text, out number) && double.IsFinite(number);
    }

    /// <summary>
    /// Reads a number from a text. A comma is a decimal point, and outer white space is ignored. False if the text is not a finite number.
    /// </summary>
    public static bool TryParseLenient(ReadOnlySpan<char> text, out double number)
    {
        text = text.Trim();
        number = text switch
        {
            "NaN" => double.NaN,
            "Infinity" or "+Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            _ => 0,
        };
        if (number != 0)
            return true;
        if (text.Length is 0 or > MaxText)
            return false;

        Span<char> copy = stackalloc char[MaxText];
        text.CopyTo(copy);
        var comma = text.IndexOf(',');
        if (comma >= 0)
            copy[comma] = '.';
        return TryParse(copy[..text.Length], out number);
    }

    // Digits, a point and an exponent only: the framework would also take names such as Infinity.
    private static bool TryParse(ReadOnlySpan<char> text, out double number)
    {
        number = 0;
        foreach (var character in text)
        {
            if (char.IsLetter(character) && character is not ('e' or 'E') || character is '∞' or '\0')
                return false;
        }

        return double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out number);
    }
}

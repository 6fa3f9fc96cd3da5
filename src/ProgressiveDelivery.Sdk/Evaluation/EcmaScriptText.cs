using System.Globalization;

namespace ProgressiveDelivery.Sdk.Evaluation;

/// <summary>
/// Writes numbers as ECMAScript does: the shortest digits that read back, exponents from 1e21 and below 1e-6. Source: ECMA-262, Number::toString,
/// radix 10.
/// </summary>
internal static class EcmaScriptText
{
    /// <summary>The maximum length of a number.</summary>
    public const int MaxLength = 32;

    /// <summary>Writes a number.</summary>
    /// <param name="number">The number.</param>
    /// <param name="text">At least <see cref="MaxLength"/> characters.</param>
    /// <returns>The number of characters written.</returns>
    public static int Write(double number, Span<char> text)
    {
        if (double.IsNaN(number))
            return Copy("NaN", text);
        if (double.IsInfinity(number))
            return Copy(number > 0 ? "Infinity" : "-Infinity", text);
        if (number == 0)
            return Copy("0", text);

        var sign = number < 0 ? 1 : 0;
        if (sign == 1)
            text[0] = '-';
        Span<char> digits = stackalloc char[MaxLength];
        var count = Digits(Math.Abs(number), digits, out var point);
        return sign + Place(digits[..count], point, text[sign..]);
    }

    // The significant digits, and the number of them before the point.
    private static int Digits(double number, Span<char> digits, out int point)
    {
        Span<char> raw = stackalloc char[MaxLength];
        number.TryFormat(raw, out var length, "R", CultureInfo.InvariantCulture);
        var exponentAt = raw[..length].IndexOf('E');
        var exponent = exponentAt < 0 ? 0 : int.Parse(raw[(exponentAt + 1)..length], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = raw[..(exponentAt < 0 ? length : exponentAt)];
        var pointAt = mantissa.IndexOf('.');
        point = (pointAt < 0 ? mantissa.Length : pointAt) + exponent;

        var count = 0;
        var leading = true;
        foreach (var character in mantissa)
        {
            if (character == '.')
                continue;
            if (leading && character == '0')
            {
                point--;
                continue;
            }

            leading = false;
            digits[count++] = character;
        }

        while (count > 1 && digits[count - 1] == '0')
            count--;
        return count;
    }

    private static int Place(ReadOnlySpan<char> digits, int point, Span<char> text)
    {
        if (point is > 0 and <= 21)
            return digits.Length <= point ? Whole(digits, point, text) : Broken(digits, point, text);
        return point is > -6 and <= 0 ? Small(digits, point, text) : Exponent(digits, point, text);
    }

    private static int Whole(ReadOnlySpan<char> digits, int point, Span<char> text)
    {
        digits.CopyTo(text);
        text[digits.Length..point].Fill('0');
        return point;
    }

    private static int Broken(ReadOnlySpan<char> digits, int point, Span<char> text)
    {
        digits[..point].CopyTo(text);
        text[point] = '.';
        digits[point..].CopyTo(text[(point + 1)..]);
        return digits.Length + 1;
    }

    private static int Small(ReadOnlySpan<char> digits, int point, Span<char> text)
    {
        text[0] = '0';
        text[1] = '.';
        text.Slice(2, -point).Fill('0');
        digits.CopyTo(text[(2 - point)..]);
        return 2 - point + digits.Length;
    }

    private static int Exponent(ReadOnlySpan<char> digits, int point, Span<char> text)
    {
        text[0] = digits[0];
        var length = 1;
        if (digits.Length > 1)
        {
            text[length++] = '.';
            digits[1..].CopyTo(text[length..]);
            length += digits.Length - 1;
        }

        text[length++] = 'e';
        text[length++] = point > 0 ? '+' : '-';
        Math.Abs(point - 1).TryFormat(text[length..], out var written, default, CultureInfo.InvariantCulture);
        return length + written;
    }

    private static int Copy(ReadOnlySpan<char> from, Span<char> text)
    {
        from.CopyTo(text);
        return from.Length;
    }
}

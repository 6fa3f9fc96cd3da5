using System.Globalization;

namespace ProgressiveDelivery.Sdk.Pages;

/// <summary>
/// Writes numbers for people, the same in each culture: U+2212 as minus, U+202F between thousands, a no-break space before a unit. A number that is missing
/// or not finite is an en dash.
/// </summary>
internal static class Numbers
{
    /// <summary>The text for a number that does not exist.</summary>
    public const string Missing = "–";

    private const char NoBreak = '\u00A0';
    private const char Minus = '\u2212';

    private static readonly NumberFormatInfo Format = new() { NumberGroupSeparator = "\u202F", NumberDecimalSeparator = ".", NegativeSign = Minus.ToString() };

    /// <summary>Writes a relative change, such as <c>+9.1 %</c>, with its sign. A change that rounds to 0 is <c>0.0 %</c>.</summary>
    public static string Change(double? share) => share is { } value && double.IsFinite(value) ? Signed(value * 100, 1) + NoBreak + '%' : Missing;

    /// <summary>Writes an amount with its sign and three significant digits, without a unit.</summary>
    public static string SignedAmount(double? amount) => amount is { } value && double.IsFinite(value) ? Signed(value, Decimals(value)) : Missing;

    /// <summary>Writes an amount with its sign and one decimal; three significant digits below 0.1.</summary>
    public static string SignedShort(double amount) => Math.Abs(amount) is >= 0.1 or 0 ? Signed(amount, 1) : SignedAmount(amount);

    /// <summary>Writes a share with three significant digits, such as <c>4.52 %</c> or <c>0.084 %</c>.</summary>
    public static string Rate(double? share) =>
        share is { } value && double.IsFinite(value) ? Fixed(value * 100, RateDecimals(value * 100)) + NoBreak + '%' : Missing;

    /// <summary>Writes the size of a relative change, such as <c>9.1 %</c>.</summary>
    public static string Size(double share) => Fixed(Math.Abs(share) * 100, 1) + NoBreak + '%';

    /// <summary>Writes a planned share in percent, two decimals at most and without the sign of percent: <c>33.33</c>.</summary>
    public static string Percent(double share) => (share * 100).ToString("0.##", Format);

    /// <summary>Writes a level or a limit as short as possible, such as <c>95 %</c> or <c>98.3 %</c>.</summary>
    public static string Level(double share) => (share * 100).ToString("#,0.#", Format) + NoBreak + '%';

    /// <summary>Writes a whole number, such as <c>413 206</c>.</summary>
    public static string Count(long number) => number.ToString("#,0", Format);

    /// <summary>Writes a p-value: two significant digits, four decimals at most, <c>p &lt; 0.0001</c> below.</summary>
    public static string P(double? p)
    {
        if (p is not { } value || !double.IsFinite(value))
            return Missing;
        if (value < 0.0001)
            return $"p{NoBreak}<{NoBreak}0.0001";
        return $"p{NoBreak}={NoBreak}" + (value >= 0.1 ? Fixed(value, 2) : value.ToString(value >= 0.01 ? "0.0##" : "0.0###", Format));
    }

    /// <summary>Writes a p-value of a check, with its exponent if it is small: <c>p = 3 × 10⁻²¹</c>.</summary>
    public static string CheckP(double p)
    {
        if (p is >= 0.0001 or 0)
            return p == 0 ? $"p{NoBreak}={NoBreak}0" : P(p);
        var exponent = Exponent(p, digits: 1);
        var mantissa = Math.Round(p / Math.Pow(10, exponent));
        return $"p{NoBreak}={NoBreak}{mantissa.ToString(Format)}{NoBreak}×{NoBreak}10⁻{Raised(-exponent)}";
    }

    /// <summary>Writes an amount with three significant digits; all digits before the point stay.</summary>
    public static string Amount(double? amount) => amount is { } value && double.IsFinite(value) ? Fixed(value, Decimals(value)) : Missing;

    /// <summary>Writes an amount with a fixed number of decimals.</summary>
    public static string Fixed(double value, int decimals)
    {
        var text = value.ToString("#,0." + new string('0', decimals), Format);
        return text[0] == Minus && IsZero(text) ? text[1..] : text;
    }

    /// <summary>Writes an amount with its sign and a fixed number of decimals; no sign if it rounds to 0.</summary>
    public static string Signed(double value, int decimals)
    {
        var text = Fixed(value, decimals);
        return text[0] == Minus || IsZero(text) ? text : '+' + text;
    }

    private static string Raised(int number) => string.Concat(number.ToString(CultureInfo.InvariantCulture).Select(digit => "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit - '0']));

    private static bool IsZero(string text) => text.AsSpan().IndexOfAnyInRange('1', '9') < 0;

    private static int Decimals(double value)
    {
        var exponent = Exponent(value, digits: 3);
        return Math.Clamp(2 - exponent, 0, 15);
    }

    // Three digits, but no more than three decimals while two digits are left: 0.084, not 0.0840.
    private static int RateDecimals(double percent)
    {
        if (percent is 0 or 100)
            return 0;
        var exponent = Exponent(percent, digits: 3);
        return exponent >= -2 ? Math.Clamp(2 - exponent, 0, 3) : Math.Min(1 - exponent, 15);
    }

    // That of the rounded number: 9.996 has that of 10.0.
    private static int Exponent(double value, int digits)
    {
        if (value == 0)
            return 0;
        var text = Math.Abs(value).ToString("e" + (digits - 1).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return int.Parse(text.AsSpan(text.IndexOf('e', StringComparison.Ordinal) + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
    }
}

using System.Globalization;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Charts;

/// <summary>Writes amounts of evidence, which are given as natural logarithms.</summary>
internal static class Evidence
{
    // Beyond it a chart says nothing more.
    private const double MaxPower = 300;

    /// <summary>Returns the power of ten, limited to what a chart can hold; not a number is no evidence.</summary>
    public static double Power(double log) => double.IsNaN(log) ? 0 : Math.Clamp(log / Math.Log(10), -MaxPower, MaxPower);

    /// <summary>Writes evidence: <c>3.1</c>, <c>2 × 10⁸</c>.</summary>
    public static string Text(double log)
    {
        if (double.IsPositiveInfinity(log))
            return "infinite";
        var power = Power(log);
        if (power is > -2 and < 4)
            return Numbers.Amount(Math.Pow(10, power));
        var exponent = (int)Math.Floor(power);
        var mantissa = Math.Round(Math.Pow(10, power - exponent));
        if (mantissa >= 10)
            (mantissa, exponent) = (1, exponent + 1);
        return mantissa.ToString(CultureInfo.InvariantCulture) + "\u00A0×\u00A0" + PowerText(exponent);
    }

    /// <summary>Writes a power of ten: <c>10⁸</c>; 1 for the power 0.</summary>
    public static string PowerText(int exponent) => exponent == 0
        ? "1"
        : "10" + (exponent < 0 ? "⁻" : "") + string.Concat(Math.Abs(exponent).ToString(CultureInfo.InvariantCulture).Select(static digit => "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit - '0']));
}

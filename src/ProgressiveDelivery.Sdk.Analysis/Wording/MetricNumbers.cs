using System.Globalization;

namespace ProgressiveDelivery.Sdk.Analysis.Wording;

/// <summary>Writes the values of a metric in its own unit.</summary>
internal static class MetricNumbers
{
    private const char NoBreak = '\u00A0';

    /// <summary>Indicates whether the values of a metric are shares of units.</summary>
    public static bool IsShare(this Metric metric) => metric.Kind is MetricKind.Conversion or MetricKind.Retention;

    /// <summary>Writes a value, such as <c>4.52 %</c>, <c>€ 2.61</c> or <c>312 ms</c>.</summary>
    public static string Value(this Metric metric, double? value)
    {
        if (metric.IsShare())
            return Numbers.Rate(value);
        return WithUnit(metric, IsMoney(metric) && value is { } money && double.IsFinite(money) ? Numbers.Fixed(money, 2) : Numbers.Amount(value));
    }

    /// <summary>Writes an absolute change with its sign: points of percent for a share, otherwise in the unit of the metric.</summary>
    public static string Difference(this Metric metric, double? value, bool withUnit = true)
    {
        if (value is not { } number || !double.IsFinite(number))
            return Numbers.Missing;
        if (metric.IsShare())
            return Numbers.SignedAmount(number * 100) + (withUnit ? NoBreak + "points" : "");
        var text = IsMoney(metric) ? Numbers.Signed(number, 2) : Numbers.SignedAmount(number);
        return withUnit ? WithUnit(metric, text) : text;
    }

    private static string WithUnit(Metric metric, string number)
    {
        if (metric.Unit is not { Length: > 0 } unit || number == Numbers.Missing)
            return number;
        if (!IsMoney(metric))
            return number + NoBreak + unit;
        return number[0] is '+' or '\u2212' ? $"{number[0]}{unit}{NoBreak}{number[1..]}" : unit + NoBreak + number;
    }

    private static bool IsMoney(Metric metric) => metric.Unit is { Length: 1 } unit && char.GetUnicodeCategory(unit[0]) == UnicodeCategory.CurrencySymbol;
}

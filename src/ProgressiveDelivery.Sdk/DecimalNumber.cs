using System.Globalization;

namespace ProgressiveDelivery.Sdk;

/// <summary>A decimal as an attribute's value.</summary>
internal static class DecimalNumber
{
    private const int MaxText = 32;

    /// <summary>An integer where it is one; else the nearest double, which a cast misses by a last digit now and then.</summary>
    public static AttributeValue Of(decimal value)
    {
        if (value is >= long.MinValue and <= long.MaxValue && decimal.IsInteger(value))
            return (long)value;
        Span<char> text = stackalloc char[MaxText];
        value.TryFormat(text, out var length, default, CultureInfo.InvariantCulture);
        return double.Parse(text[..length], NumberStyles.Float, CultureInfo.InvariantCulture);
    }
}

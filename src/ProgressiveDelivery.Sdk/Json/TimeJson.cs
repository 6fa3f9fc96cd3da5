using System.Globalization;
using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>Times of day: <c>09:00</c>, or to the second or finer, <c>09:00:30.5</c>; always two digits each.</summary>
internal static class TimeJson
{
    private static readonly string[] Forms = ["HH:mm", "HH:mm:ss", "HH:mm:ss.FFFFFFF"];

    public static bool TryParse(string text, out TimeOnly time) =>
        TimeOnly.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out time);

    public static string Format(TimeOnly time)
    {
        var form = time.Ticks % TimeSpan.TicksPerMinute == 0 ? 0 : time.Ticks % TimeSpan.TicksPerSecond == 0 ? 1 : 2;
        return time.ToString(Forms[form], CultureInfo.InvariantCulture);
    }
}

/// <summary>Days of the week, as the format abbreviates them.</summary>
internal static class DayJson
{
    /// <summary>In the order of <see cref="DayOfWeek"/>.</summary>
    public static readonly string[] Names = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

    public static bool TryParse(string text, out DayOfWeek day)
    {
        var place = Array.IndexOf(Names, text);
        day = (DayOfWeek)Math.Max(0, place);
        return place >= 0;
    }
}

/// <summary>Instants, always in UTC.</summary>
internal static class InstantJson
{
    public static void Write(Utf8JsonWriter writer, DateTimeOffset instant) => writer.WriteStringValue(Format(instant));

    public static string Format(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", CultureInfo.InvariantCulture);
}

/// <summary>Writes 64-bit numbers so that they keep their type.</summary>
internal static class NumberJson
{
    /// <summary>Writes a double that is a whole number as a double: <c>7</c> becomes <c>7.0</c>.</summary>
    /// <exception cref="ArgumentException">The number is infinite or not a number.</exception>
    public static void Write(Utf8JsonWriter writer, double number)
    {
        if (!double.IsFinite(number))
            throw new ArgumentException($"The number {number.ToString(CultureInfo.InvariantCulture)} cannot be written as JSON. Replace it in the definition.");

        var text = number.ToString("R", CultureInfo.InvariantCulture);
        writer.WriteRawValue(text.AsSpan().ContainsAny('.', 'E') ? text : text + ".0", skipInputValidation: true);
    }
}

namespace ProgressiveDelivery.Sdk;

/// <summary>
/// Reads an RFC 3339 date-time with offset, and nothing looser: <c>2026-12-01T09:00:00Z</c>, <c>2026-12-01T10:00:00.25+01:00</c>.
/// </summary>
internal static class Rfc3339
{
    private const int FractionStart = 19;
    private const int TickDigits = 7;

    /// <summary>Reads an instant; digits beyond a tick are cut off.</summary>
    /// <remarks>
    /// A leap second, which RFC 3339 allows at 23:59:60 UTC and .NET does not know, is read as the midnight that follows it, so
    /// that instants stay in order.
    /// </remarks>
    public static bool TryParse(ReadOnlySpan<char> text, out long utcTicks)
    {
        utcTicks = 0;
        if (!TryReadSecond(text, out var ticks, out var leap))
            return false;

        var rest = text[FractionStart..];
        if (!TryTakeFraction(ref rest, out var fraction) || !TryReadOffset(rest, out var offset))
            return false;

        ticks -= offset;
        if (leap && ticks % TimeSpan.TicksPerDay != TimeSpan.TicksPerDay - TimeSpan.TicksPerSecond)
            return false;

        utcTicks = ticks + (leap ? TimeSpan.TicksPerSecond : fraction);
        return utcTicks >= 0 && utcTicks <= DateTime.MaxValue.Ticks;
    }

    /// <summary>Reads <c>yyyy-MM-ddTHH:mm:ss</c>, a leap second as the second before it.</summary>
    private static bool TryReadSecond(ReadOnlySpan<char> text, out long ticks, out bool leap)
    {
        ticks = 0;
        leap = false;
        if (text.Length <= FractionStart
            || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':'
            || !TryReadDigits(text[..4], out var year) || !TryReadDigits(text[5..7], out var month) || !TryReadDigits(text[8..10], out var day)
            || !TryReadDigits(text[11..13], out var hour) || !TryReadDigits(text[14..16], out var minute) || !TryReadDigits(text[17..19], out var second)
            || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 60)
        {
            return false;
        }

        leap = second == 60;
        ticks = new DateTime(year, month, day, hour, minute, leap ? 59 : second, DateTimeKind.Utc).Ticks;
        return true;
    }

    private static bool TryTakeFraction(ref ReadOnlySpan<char> rest, out long ticks)
    {
        ticks = 0;
        if (rest[0] != '.')
            return true;

        var end = 1;
        while (end < rest.Length && char.IsAsciiDigit(rest[end]))
            end++;
        for (var i = 1; i <= TickDigits; i++)
            ticks = (ticks * 10) + (i < end ? rest[i] - '0' : 0);

        rest = rest[end..];
        return end > 1;
    }

    private static bool TryReadOffset(ReadOnlySpan<char> text, out long ticks)
    {
        ticks = 0;
        if (text is "Z")
            return true;
        if (text.Length != 6 || text[0] is not ('+' or '-') || text[3] != ':'
            || !TryReadDigits(text[1..3], out var hours) || !TryReadDigits(text[4..], out var minutes) || hours > 23 || minutes > 59)
        {
            return false;
        }

        ticks = ((hours * 60) + minutes) * TimeSpan.TicksPerMinute * (text[0] == '-' ? -1 : 1);
        return true;
    }

    // Not int.TryParse, which lets NUL characters follow the digits.
    private static bool TryReadDigits(ReadOnlySpan<char> text, out int value)
    {
        value = 0;
        foreach (var digit in text)
        {
            if (!char.IsAsciiDigit(digit))
                return false;
            value = (value * 10) + (digit - '0');
        }

        return true;
    }
}

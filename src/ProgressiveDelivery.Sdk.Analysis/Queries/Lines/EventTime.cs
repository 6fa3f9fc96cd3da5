using System.Globalization;

namespace ProgressiveDelivery.Sdk.Analysis.Queries.Lines;

/// <summary>
/// Reads times in the extended format of ISO 8601 with <c>Z</c> or an offset, as microseconds since 1970. More digits than that are cut off.
/// DateTimeOffset.Parse would also take local times and the formats of other cultures.
/// </summary>
internal static class EventTime
{
    private const int LengthToMinutes = 16;

    /// <summary>Reads a time such as <c>2026-03-02T08:00:00.000Z</c> or <c>2026-03-02T10:00+02:00</c>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out long microseconds)
    {
        microseconds = 0;
        if (text.Length < LengthToMinutes || text[10] is not ('T' or 't')
            || !DateTime.TryParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            || !TryPair(text[11..], 24, out var hours) || text[13] != ':' || !TryPair(text[14..], 60, out var minutes))
            return false;

        var rest = text[LengthToMinutes..];
        if (!TrySeconds(ref rest, out var ticks) || !TryOffset(rest, out var offset))
            return false;
        var local = day.Ticks - DateTime.UnixEpoch.Ticks + (hours * TimeSpan.TicksPerHour) + (minutes * TimeSpan.TicksPerMinute) + ticks;
        microseconds = Floor(local - (offset * TimeSpan.TicksPerMinute));
        return true;
    }

    /// <summary>Returns a time in microseconds since 1970.</summary>
    public static long Microseconds(DateTimeOffset time) => Floor(time.UtcTicks - DateTime.UnixEpoch.Ticks);

    private static long Floor(long ticks) => (long)Math.Floor((decimal)ticks / TimeSpan.TicksPerMicrosecond);

    // ":ss" and a fraction may be absent. A leap second is taken as the second after it, as clocks without leap seconds show it.
    private static bool TrySeconds(ref ReadOnlySpan<char> rest, out long ticks)
    {
        ticks = 0;
        if (rest.IsEmpty || rest[0] != ':')
            return true;
        if (!TryPair(rest[1..], 61, out var seconds))
            return false;
        ticks = seconds * TimeSpan.TicksPerSecond;
        rest = rest[3..];
        if (rest.IsEmpty || rest[0] is not ('.' or ','))
            return true;

        var digits = 1;
        for (var unit = TimeSpan.TicksPerSecond / 10; digits < rest.Length && char.IsAsciiDigit(rest[digits]); digits++, unit /= 10)
            ticks += (rest[digits] - '0') * unit;
        rest = rest[digits..];
        return digits > 1;
    }

    private static bool TryOffset(ReadOnlySpan<char> rest, out int minutes)
    {
        minutes = 0;
        if (rest is "Z" or "z")
            return true;
        if (rest.IsEmpty || rest[0] is not ('+' or '-') || !TryPair(rest[1..], 24, out var hours))
            return false;
        var sign = rest[0] == '-' ? -1 : 1;
        rest = rest[3..];
        var part = 0;
        if (!rest.IsEmpty)
        {
            rest = rest[0] == ':' ? rest[1..] : rest;
            if (rest.Length != 2 || !TryPair(rest, 60, out part))
                return false;
        }
        minutes = sign * ((hours * 60) + part);
        return true;
    }

    private static bool TryPair(ReadOnlySpan<char> text, int limit, out int number)
    {
        number = 0;
        if (text.Length < 2 || !char.IsAsciiDigit(text[0]) || !char.IsAsciiDigit(text[1]))
            return false;
        number = ((text[0] - '0') * 10) + (text[1] - '0');
        return number < limit;
    }
}

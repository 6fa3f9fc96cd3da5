using System.Globalization;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Parts;

/// <summary>Writes times and durations for people. Times are UTC; the script of the page shows them in local time on demand, from <c>datetime</c>.</summary>
internal static class Times
{
    /// <summary>Writes a time: <c>14:19:42 UTC</c> today, <c>24 Nov, 09:12 UTC</c> on other days, <c>18:00 UTC</c> for a full minute to come.</summary>
    public static void Time(this HtmlWriter html, DateTimeOffset time, DateTimeOffset now)
    {
        using (html.Element("time", ("datetime", time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture))))
            html.Text(Text(time, now));
    }

    /// <summary>Returns a time as text. The script of the page does the same for local time.</summary>
    public static string Text(DateTimeOffset time, DateTimeOffset now)
    {
        var (utc, today) = (time.UtcDateTime, now.UtcDateTime.Date);
        var isPlanned = time > now && utc.Ticks % TimeSpan.TicksPerMinute == 0;
        var form = utc.Date == today ? isPlanned ? "HH:mm 'UTC'" : "HH:mm:ss 'UTC'" : utc.Year == today.Year ? "d MMM, HH:mm 'UTC'" : "d MMM yyyy, HH:mm 'UTC'";
        return utc.ToString(form, CultureInfo.InvariantCulture).Replace(' ', '\u00A0');
    }

    /// <summary>Writes an age: a duration in whole seconds at least.</summary>
    public static string Age(TimeSpan age) => age < TimeSpan.FromSeconds(1) ? "0\u00A0s" : Duration(age);

    /// <summary>Writes a duration with its two largest units: <c>25 min 36 s</c>, <c>12 min</c>, <c>4 s</c>, <c>2 ms</c>.</summary>
    public static string Duration(TimeSpan duration)
    {
        if (duration < TimeSpan.Zero)
            duration = TimeSpan.Zero;
        if (duration < TimeSpan.FromSeconds(1))
            return string.Create(CultureInfo.InvariantCulture, $"{Math.Round(duration.TotalMilliseconds)}\u00A0ms");
        var (large, small) = duration switch
        {
            { TotalMinutes: < 1 } => ((duration.Seconds, "s"), (0, "")),
            { TotalHours: < 1 } => ((duration.Minutes, "min"), (duration.Seconds, "s")),
            { TotalDays: < 1 } => ((duration.Hours, "h"), (duration.Minutes, "min")),
            _ => ((duration.Days, "d"), (duration.Hours, "h")),
        };
        return large.Item1.ToString(CultureInfo.InvariantCulture) + '\u00A0' + large.Item2 + (small.Item1 == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" {small.Item1}\u00A0{small.Item2}"));
    }
}

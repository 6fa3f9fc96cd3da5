using System.Globalization;

namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary>Hours of some days in a time zone. Hours that run past midnight belong to the day on which they start.</summary>
internal sealed class WeeklyHours(byte days, long fromTicks, long toTicks, TimeZoneInfo zone)
{
    public const byte EveryDay = 0b111_1111;

    // From the day before, to whose hours the time may belong, to the same day of the next week.
    private const int FirstDay = -1;
    private const int LastDay = 8;

    /// <summary>Returns whether a time, in ticks of UTC, is within the hours.</summary>
    public bool Include(long utcTicks)
    {
        var local = Local(utcTicks);
        var time = local.TimeOfDay.Ticks;
        if (fromTicks < toTicks)
            return Includes(local.DayOfWeek) && time >= fromTicks && time < toTicks;

        var startedToday = time >= fromTicks && Includes(local.DayOfWeek);
        var startedYesterday = time < toTicks && Includes((DayOfWeek)(((int)local.DayOfWeek + 6) % 7));
        return startedToday || startedYesterday;
    }

    /// <summary>Returns the first time after one within the hours that is outside of them, to the tick; null if there is none within a week.</summary>
    public long? EndAfter(long utcTicks)
    {
        long? end = null;
        var day = Local(utcTicks).Date.Ticks;
        for (var i = FirstDay; i <= LastDay; i++)
        {
            var closing = day + (i * TimeSpan.TicksPerDay) + toTicks;
            var (before, after) = (OffsetAt(closing - TimeSpan.TicksPerDay), OffsetAt(closing + TimeSpan.TicksPerDay));
            Consider(closing - before);
            if (before == after)
                continue;
            Consider(closing - after);
            Consider(TransitionBetween(closing - TimeSpan.TicksPerDay, closing + TimeSpan.TicksPerDay));
        }

        return end;

        void Consider(long candidate)
        {
            if (candidate > utcTicks && (end is null || candidate < end) && candidate <= DateTime.MaxValue.Ticks && !Include(candidate))
                end = candidate;
        }
    }

    public DateTime Local(long utcTicks) => new(Clamp(utcTicks + OffsetAt(utcTicks)));

    public string Describe()
    {
        var names = Enum.GetValues<DayOfWeek>().Where(Includes).Select(day => day.ToString()[..3]);
        return $"{string.Join(",", names)} {TimeOnly(fromTicks)}–{TimeOnly(toTicks)} {zone.Id}";
    }

    private bool Includes(DayOfWeek day) => (days & (1 << (int)day)) != 0;

    // The clock of a zone jumps at most once within two days.
    private long TransitionBetween(long before, long after)
    {
        var offset = OffsetAt(before);
        while (after - before > 1)
        {
            var middle = before + ((after - before) / 2);
            if (OffsetAt(middle) == offset)
                before = middle;
            else
                after = middle;
        }

        return after;
    }

    private long OffsetAt(long utcTicks) => zone.GetUtcOffset(new DateTime(Clamp(utcTicks), DateTimeKind.Utc)).Ticks;

    private static long Clamp(long ticks) => Math.Clamp(ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks);

    private static string TimeOnly(long ticks) =>
        string.Create(CultureInfo.InvariantCulture, $"{ticks / TimeSpan.TicksPerHour:00}:{ticks / TimeSpan.TicksPerMinute % 60:00}");
}

using System.Globalization;

namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary>Hours of some days in a time zone. Hours that run past midnight belong to the day on which they start.</summary>
internal sealed class ScheduleTest(byte days, long fromTicks, long toTicks, TimeZoneInfo zone) : Condition
{
    public const byte EveryDay = 0b111_1111;

    public override string Describe()
    {
        var names = Enum.GetValues<DayOfWeek>().Where(day => Includes(day)).Select(day => day.ToString()[..3]);
        return $"schedule {string.Join(",", names)} {TimeOnly(fromTicks)}–{TimeOnly(toTicks)} {zone.Id}";
    }

    protected override Truth Decide(in EvaluationInput input)
    {
        var local = Local(input.NowTicks);
        var time = local.TimeOfDay.Ticks;
        if (fromTicks < toTicks)
            return (Includes(local.DayOfWeek) && time >= fromTicks && time < toTicks).ToTruth();

        var startedToday = time >= fromTicks && Includes(local.DayOfWeek);
        var startedYesterday = time < toTicks && Includes((DayOfWeek)(((int)local.DayOfWeek + 6) % 7));
        return (startedToday || startedYesterday).ToTruth();
    }

    protected override string Detail(in EvaluationInput input) =>
        $"there it is {Local(input.NowTicks).ToString("ddd HH:mm:ss", CultureInfo.InvariantCulture)}";

    private bool Includes(DayOfWeek day) => (days & (1 << (int)day)) != 0;

    private DateTime Local(long nowTicks)
    {
        var utc = new DateTime(nowTicks, DateTimeKind.Utc);
        var ticks = nowTicks + zone.GetUtcOffset(utc).Ticks;
        return new(Math.Clamp(ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks));
    }

    private static string TimeOnly(long ticks) =>
        string.Create(CultureInfo.InvariantCulture, $"{ticks / TimeSpan.TicksPerHour:00}:{ticks / TimeSpan.TicksPerMinute % 60:00}");
}

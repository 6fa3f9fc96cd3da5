using System.Globalization;

namespace ProgressiveDelivery.Sdk.Analysis.Wording;

/// <summary>Writes days and times for people, in UTC and in English whatever the culture.</summary>
internal static class Dates
{
    private static readonly CultureInfo English = CultureInfo.InvariantCulture;

    /// <summary>Writes a day, such as <c>24 Nov</c>.</summary>
    public static string Day(DateOnly day) => day.ToString("d MMM", English).Replace(' ', '\u00A0');

    /// <summary>Writes a day with its year, such as <c>24 Nov 2026</c>.</summary>
    public static string DayOfYear(DateOnly day) => day.ToString("d MMM yyyy", English).Replace(' ', '\u00A0');

    /// <summary>Writes a day in a sentence, such as <c>24 November</c>, with its year unless that is the one of a given time.</summary>
    public static string LongDay(DateOnly day, DateTimeOffset now) => day.ToString(day.Year == now.UtcDateTime.Year ? "d MMMM" : "d MMMM yyyy", English).Replace(' ', '\u00A0');

    /// <summary>Writes a time, such as <c>29 Nov 2026, 02:00 UTC</c>.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("d MMM yyyy, HH:mm 'UTC'", English);

    /// <summary>Writes the period of a plan, such as <c>2 Nov – 22 Nov 2026</c>. The hours are written unless both are midnight.</summary>
    public static string Period(ExperimentPlan plan)
    {
        if (plan.Start.UtcDateTime.TimeOfDay != TimeSpan.Zero || plan.End.UtcDateTime.TimeOfDay != TimeSpan.Zero)
            return $"{Time(plan.Start)} – {Time(plan.End)}";
        var (first, last) = (DateOnly.FromDateTime(plan.Start.UtcDateTime), LastDay(plan));
        return $"{(first.Year == last.Year ? Day(first) : DayOfYear(first))} – {DayOfYear(last)}";
    }

    /// <summary>Returns the last day of a plan.</summary>
    public static DateOnly LastDay(ExperimentPlan plan) => DateOnly.FromDateTime(plan.End.UtcDateTime.AddTicks(-1));

    /// <summary>Returns the days of a plan, the first and the last included.</summary>
    public static int DayCount(ExperimentPlan plan) => LastDay(plan).DayNumber - DateOnly.FromDateTime(plan.Start.UtcDateTime).DayNumber + 1;

    /// <summary>Writes how much of the period there is: <c>21 days</c>, or <c>day 9 of 21</c> while it runs.</summary>
    public static string Progress(ExperimentPlan plan, DateTimeOffset at)
    {
        var (days, today) = (DayCount(plan), DateOnly.FromDateTime(at.UtcDateTime).DayNumber - DateOnly.FromDateTime(plan.Start.UtcDateTime).DayNumber + 1);
        if (at >= plan.End)
            return Words.Counted(days, "day", "days");
        return today < 1 ? $"not started, {Words.Counted(days, "day", "days")} planned" : $"day {Numbers.Count(today)} of {Numbers.Count(days)}";
    }
}

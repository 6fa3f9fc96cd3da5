using ProgressiveDelivery.Sdk.Analysis.Wording;

namespace ProgressiveDelivery.Sdk.Analysis.Reports.Charts;

/// <summary>Chooses the days that get a label: the first and the last, and Mondays between them (each day of a short period), as far as there is room on a phone.</summary>
internal static class DayLabels
{
    private const int MaxShortPeriod = 10;

    // A label is about 44 px wide, and a chart about 250 px on the narrowest phone.
    private const double MinGap = 0.2;

    /// <summary>Returns the indexes of the days with their labels, in order.</summary>
    public static IReadOnlyList<(int Day, string Label)> Of(IReadOnlyList<DateOnly> days)
    {
        if (days.Count == 0)
            return [];
        var last = days.Count - 1;
        var chosen = new List<int> { 0 };
        for (var day = 1; day < last; day++)
        {
            var isCandidate = days.Count <= MaxShortPeriod || days[day].DayOfWeek == DayOfWeek.Monday;
            if (isCandidate && Gap(chosen[^1], day) >= MinGap && Gap(day, last) >= MinGap)
                chosen.Add(day);
        }

        if (last > 0 && Gap(0, last) >= MinGap)
            chosen.Add(last);
        return [.. chosen.Select(day => (day, Dates.Day(days[day])))];

        double Gap(int from, int to) => (double)(to - from) / days.Count;
    }
}

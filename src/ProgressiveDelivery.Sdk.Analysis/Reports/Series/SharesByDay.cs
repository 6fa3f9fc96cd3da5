namespace ProgressiveDelivery.Sdk.Analysis.Reports.Series;

/// <summary>
/// The share of each variant per day beside what chance allows. With unequal weights it is the difference from the plan, so that all variants stay readable on one axis.
/// </summary>
internal sealed class SharesByDay
{
    // As drawn in the reports: two-sided, about 1 in 1,000 for one variant on one day.
    private const double Deviations = 3.3;

    private readonly ReportSeries _series;

    public SharesByDay(ReportSeries series)
    {
        _series = series;
        IsDifference = series.All.Any(one => Math.Abs(one.PlannedShare - series.All[0].PlannedShare) > 1e-9);
        Center = IsDifference ? 0 : series.All[0].PlannedShare;
    }

    /// <summary>Indicates whether the values are differences from the planned share.</summary>
    public bool IsDifference { get; }

    /// <summary>The value that the plan gives.</summary>
    public double Center { get; }

    /// <summary>The planned shares that differ in what chance allows.</summary>
    public IEnumerable<double> Plans => _series.All.Select(one => one.PlannedShare).Where(share => share is > 0 and < 1)
        .DistinctBy(share => Math.Round(share * (1 - share), 9));

    /// <summary>Returns the value of a series on a day; null without units.</summary>
    public double? Value(VariantSeries series, int day) =>
        _series.TotalsByDay[day] == 0 ? null : (double)series.UnitsByDay[day] / _series.TotalsByDay[day] - (IsDifference ? series.PlannedShare : 0);

    /// <summary>Returns how far from the plan chance alone brings a share on a day; null without units.</summary>
    public double? Chance(double plannedShare, int day) =>
        _series.TotalsByDay[day] == 0 ? null : Deviations * Math.Sqrt(plannedShare * (1 - plannedShare) / _series.TotalsByDay[day]);

    /// <summary>Returns the days on which a share is further from the plan than chance allows.</summary>
    public IReadOnlyList<DateOnly> DaysOutside() =>
        [.. Enumerable.Range(0, _series.Days.Count).Where(day => _series.All.Any(series => IsOutside(series, day))).Select(day => _series.Days[day])];

    private bool IsOutside(VariantSeries series, int day) =>
        Value(series, day) is { } value && Chance(series.PlannedShare, day) is { } chance
        && Math.Abs(value - (IsDifference ? 0 : series.PlannedShare)) > chance + 1e-12;
}

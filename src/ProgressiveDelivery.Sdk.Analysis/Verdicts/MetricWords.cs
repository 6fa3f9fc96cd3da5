using System.Globalization;

namespace ProgressiveDelivery.Sdk.Analysis.Verdicts;

/// <summary>Describes a metric in a few words.</summary>
internal static class MetricWords
{
    public static string Describe(ExperimentPlan plan, Metric metric) => string.Join(" · ", Parts(plan, metric));

    /// <summary>A length of time, such as <c>7 days</c>.</summary>
    public static string Length(TimeSpan time) =>
        time.Ticks % TimeSpan.TicksPerDay == 0 ? Count(time.TotalDays, "day")
        : time.Ticks % TimeSpan.TicksPerHour == 0 ? Count(time.TotalHours, "hour")
        : Count(time.TotalMinutes, "minute");

    private static IEnumerable<string> Parts(ExperimentPlan plan, Metric metric)
    {
        yield return Meaning(plan, metric) + Window(plan, metric);
        if (metric.Winsorize is { } percentile)
            yield return $"capped at the {Ordinal(percentile * 100)} percentile{(metric.WinsorizeNonZero ? " of values above 0" : "")}";
        if (metric.UseCovariate)
            yield return $"adjusted for the {Length(plan.CovariateWindow)} before";
    }

    private static string Meaning(ExperimentPlan plan, Metric metric) => metric.Kind switch
    {
        MetricKind.Conversion or MetricKind.Retention => $"{plan.UnitsName} with any {metric.Outcomes.Metric}",
        MetricKind.Mean => $"sum of {metric.Outcomes.Metric} per {plan.UnitName}",
        MetricKind.Count => $"number of {metric.Outcomes.Metric} per {plan.UnitName}",
        MetricKind.Ratio => $"{Selected(metric.Outcomes)} per {metric.Denominator!.Metric}{(metric.Denominator.Aggregation == OutcomeAggregation.Sum ? " value" : "")}",
        _ => $"{Ordinal(metric.Level!.Value * 100)} percentile of {metric.Outcomes.Metric}",
    };

    private static string Selected(OutcomeSelection selection) =>
        selection.Aggregation == OutcomeAggregation.Count ? $"number of {selection.Metric}" : $"sum of {selection.Metric}";

    private static string Window(ExperimentPlan plan, Metric metric)
    {
        var end = metric.WindowEnd ?? plan.OutcomeWindow;
        return metric.WindowStart > TimeSpan.Zero ? $" from {Length(metric.WindowStart)} to {Length(end)}" : $" within {Length(end)}";
    }

    private static string Ordinal(double percent) => Math.Round(percent, 3).ToString("0.###", CultureInfo.InvariantCulture) + Suffix(percent);

    private static string Suffix(double percent) => percent % 1 != 0 ? "th" : ((int)percent % 100) switch
    {
        11 or 12 or 13 => "th",
        var whole => (whole % 10) switch { 1 => "st", 2 => "nd", 3 => "rd", _ => "th" },
    };

    private static string Count(double count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:0.##} {noun}{(count == 1 ? "" : "s")}");
}

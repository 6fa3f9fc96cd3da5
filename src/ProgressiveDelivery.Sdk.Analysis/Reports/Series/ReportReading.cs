using ProgressiveDelivery.Sdk.Analysis.Verdicts;

namespace ProgressiveDelivery.Sdk.Analysis.Reports.Series;

/// <summary>Look-ups in a report that several of its sections need.</summary>
internal static class ReportReading
{
    /// <summary>Returns the effect that the facts are about: that of the variant in the verdict, otherwise of the first treatment. Null if there is none.</summary>
    public static VariantEffect? Featured(this ExperimentReport report) =>
        report.Primary.Effects.FirstOrDefault(effect => effect.Variant == report.Verdict.Variant) ?? (report.Primary.Effects.Count > 0 ? report.Primary.Effects[0] : null);

    /// <summary>Returns the name of a variant for people.</summary>
    public static string TitleOf(this ExperimentReport report, string variant) =>
        report.Plan.Variants.FirstOrDefault(planned => planned.Key == variant)?.Title ?? variant;

    /// <summary>Returns the units of a variant.</summary>
    public static long UnitsOf(this ExperimentReport report, string variant) =>
        report.Data.Variants.FirstOrDefault(data => data.Variant == variant)?.Units ?? 0;

    /// <summary>Returns the units of all variants.</summary>
    public static long Units(this ExperimentReport report) => report.Data.Variants.Sum(variant => variant.Units);

    /// <summary>
    /// Returns the harm that a guardrail allows as a signed relative change; null for another metric, or if the control's value gives none.
    /// </summary>
    public static double? SignedMargin(this MetricReport metric)
    {
        if (metric.Metric.Role != MetricRole.Guardrail)
            return null;
        var control = metric.Effects.Select(effect => effect.ControlValue).FirstOrDefault(value => value is > 0);
        var margin = metric.Metric.Margin ?? (metric.Metric.AbsoluteMargin is { } amount && control is { } value ? amount / value : null);
        return metric.Metric.Direction == MetricDirection.DecreaseIsGood ? margin : -margin;
    }

    /// <summary>Returns the first day on which an interval leaves out 0, and whether all later ones do too; null if the last one does not.</summary>
    public static (DateOnly Day, bool IsSince)? SureSince(this VariantEffect effect)
    {
        var days = effect.ByDay.OrderBy(day => day.Key).Select(day => (day.Key, IsSure: day.Value.Low > 0 || day.Value.High < 0)).ToList();
        if (days.Count == 0 || !days[^1].IsSure)
            return null;
        var first = days.FindIndex(day => day.IsSure);
        return (days[first].Key, days.Skip(first).All(day => day.IsSure));
    }
}

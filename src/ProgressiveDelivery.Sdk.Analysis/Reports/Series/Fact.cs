using ProgressiveDelivery.Sdk.Analysis.Reports.Charts;
using ProgressiveDelivery.Sdk.Analysis.Verdicts;
using ProgressiveDelivery.Sdk.Analysis.Wording;

namespace ProgressiveDelivery.Sdk.Analysis.Reports.Series;

/// <summary>A figure that stands for the whole experiment. Immutable.</summary>
/// <param name="Label">The subject.</param>
/// <param name="Figure">The figure.</param>
/// <param name="Note">The figure's limits or meaning.</param>
internal sealed record Fact(string Label, string Figure, string Note)
{
    /// <summary>Returns the facts of a report: effect, certainty, units and gain; before the end of a fixed-horizon experiment only the units and the time.</summary>
    public static IEnumerable<Fact> Of(ExperimentReport report)
    {
        if (!report.ShowsEffects)
            return [Units(report), Days(report), new("Read on", Dates.DayOfYear(DateOnly.FromDateTime(report.Plan.End.UtcDateTime)), "once; effects are hidden until then")];
        return report.Featured() is { } effect ? [Effect(report, effect), Certainty(report, effect), Units(report), Gain(report, effect)] : [Units(report), Days(report)];
    }

    private static Fact Effect(ExperimentReport report, VariantEffect effect)
    {
        var metric = report.Primary.Metric;
        var label = $"{metric.Title}, {report.TitleOf(effect.Variant)}";
        if (effect.Relative is { } relative)
            return new(label, Numbers.Change(relative.Estimate), $"{Numbers.Level(effect.Level)}: {IntervalDrawing.Range(relative)}");
        var reason = Words.Reason(report.Plan, report.Data, metric, effect) ?? "no interval yet";
        return effect.Absolute is { } absolute ? new(label, metric.Difference(absolute.Estimate), reason) : new(label, Numbers.Missing, reason);
    }

    private static Fact Certainty(ExperimentReport report, VariantEffect effect)
    {
        var p = effect.AdjustedPValue ?? effect.PValue;
        var adjusted = effect.AdjustedPValue is not null && report.Primary.Effects.Count > 1 ? $", adjusted for {Numbers.Count(report.Primary.Effects.Count)} variants" : "";
        return new("How sure", Numbers.P(p), p is null ? "no test yet" : "chance of such evidence without an effect" + adjusted);
    }

    private static Fact Units(ExperimentReport report)
    {
        var (plan, featured) = (report.Plan, report.Featured());
        var note = plan.Variants.Count == 2 ? "in two variants" : $"in {Numbers.Count(plan.Variants.Count)} variants";
        if (plan.IntendedUnits is > 0 and { } intended && featured is not null)
        {
            var share = Numbers.Level(Math.Floor(100d * (report.UnitsOf(plan.Control.Key) + report.UnitsOf(featured.Variant)) / intended) / 100);
            note = plan.Variants.Count == 2 ? $"{share} of the planned {Numbers.Count(intended)}" : $"the pair has {share} of its planned {Numbers.Count(intended)}";
        }

        return new(Words.Capitalized(plan.UnitsName), Numbers.Count(report.Units()), note);
    }

    private static Fact Days(ExperimentReport report) =>
        new("Time", Words.Capitalized(Dates.Progress(report.Plan, report.ComputedAt)), Dates.Period(report.Plan));

    private static Fact Gain(ExperimentReport report, VariantEffect effect)
    {
        const string label = "If shipped to all";
        var metric = report.Primary.Metric;
        if (effect.Absolute is not { } change)
            return new(label, Numbers.Missing, "no interval yet");
        if (!metric.IsShare() && metric.Kind is not MetricKind.Count)
            return new(label, metric.Difference(change.Estimate), metric.Kind is MetricKind.Mean ? $"per {report.Plan.UnitName}{Between(change, 1, metric)}" : report.Primary.Description);
        var per = Numbers.SignedShort(change.Estimate * 1000);
        return new(label, $"{per} per 1\u202F000", $"{report.Primary.Description}{Between(change, 1000, null)}");
    }

    private static string Between(Interval change, double factor, Metric? metric)
    {
        if (!double.IsFinite(change.Low) || !double.IsFinite(change.High))
            return "";
        return metric is null
            ? $"; between {Numbers.SignedShort(change.Low * factor)} and {Numbers.SignedShort(change.High * factor)}"
            : $"; between {metric.Difference(change.Low, withUnit: false)} and {metric.Difference(change.High, withUnit: false)}";
    }
}

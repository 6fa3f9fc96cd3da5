using System.Text.Json;
using ProgressiveDelivery.Sdk.Analysis.Data;
using ProgressiveDelivery.Sdk.Analysis.Reports.Html;
using ProgressiveDelivery.Sdk.Analysis.Reports.Series;
using ProgressiveDelivery.Sdk.Analysis.Verdicts;

namespace ProgressiveDelivery.Sdk.Analysis.Reports.Json;

/// <summary>Writes the parts of the JSON report.</summary>
internal sealed class ReportJson(Utf8JsonWriter json, ExperimentReport report)
{
    public void Write()
    {
        json.WriteStartObject();
        json.WriteString("type", "experimentReport");
        json.WriteNumber("v", 1);
        json.WriteString("producer", HeadSection.Producer);
        Plan();
        Verdict();
        Traffic();
        json.Objects("variants", report.Plan.Variants, Variant);
        json.WriteBoolean("effectsShown", report.ShowsEffects);
        json.Objects("metrics", report.Metrics, Metric);
        json.Objects("method", report.Method, note =>
        {
            json.WriteString("title", Emphasis.Strip(note.Title));
            json.WriteString("text", Emphasis.Strip(note.Text));
        });
        Counts(report.Data.Counts);
        json.Objects("faults", report.Data.Faults, fault =>
        {
            json.WriteString("file", fault.File);
            json.WriteNumber("line", fault.Line);
            json.Name("rule", fault.Rule);
            json.WriteString("reason", fault.Reason);
        });
        json.WriteEndObject();
    }

    private void Plan()
    {
        var plan = report.Plan;
        json.WriteString("experiment", plan.Experiment);
        json.WriteString("name", plan.Name);
        json.Time("computedAt", report.ComputedAt);
        json.Time("start", plan.Start);
        json.Time("end", plan.End);
        json.WriteStartObject("unit");
        json.WriteString("kind", plan.UnitKind);
        json.WriteString("one", plan.UnitName);
        json.WriteString("several", plan.UnitsName);
        json.WriteEndObject();
        json.Name("mode", plan.Mode);
        json.Number("alpha", plan.Alpha);
        json.Number("intendedUnits", plan.IntendedUnits);
        json.Number("smallestEffect", plan.SmallestEffect);
    }

    private void Verdict()
    {
        var verdict = report.Verdict;
        json.WriteStartObject("verdict");
        json.Name("kind", verdict.Kind);
        json.WriteString("variant", verdict.Variant);
        json.WriteString("headline", Emphasis.Strip(verdict.Headline));
        json.WriteString("line", Emphasis.Strip(verdict.Line));
        json.Texts("warnings", verdict.Warnings.Select(Emphasis.Strip));
        json.Texts("nextSteps", verdict.NextSteps.Select(Emphasis.Strip));
        json.Day("expectedEnd", verdict.ExpectedEnd);
        json.WriteEndObject();
    }

    private void Traffic()
    {
        var traffic = report.Traffic;
        json.WriteStartObject("traffic");
        json.WriteBoolean("sound", traffic.IsSound);
        json.Number("splitPValue", traffic.SplitPValue);
        json.Day("splitOffSince", traffic.SplitOffSince);
        json.WriteString("shortVariant", traffic.ShortVariant);
        json.WriteNumber("missingUnits", traffic.MissingUnits);
        json.Objects("checks", traffic.Checks, check =>
        {
            json.Name("state", check.State);
            json.WriteString("title", Emphasis.Strip(check.Title));
            json.WriteString("text", Emphasis.Strip(check.Text));
        });
        json.WriteEndObject();
    }

    private void Variant(PlannedVariant variant)
    {
        var data = report.Data.Variants.FirstOrDefault(data => data.Variant == variant.Key);
        var (units, total, weights) = (data?.Units ?? 0, report.Units(), report.Plan.Variants.Sum(planned => planned.Weight));
        json.WriteString("key", variant.Key);
        json.WriteString("name", variant.Name);
        json.WriteBoolean("control", variant == report.Plan.Control);
        json.Number("plannedShare", weights > 0 ? variant.Weight / weights : null);
        json.WriteNumber("units", units);
        json.Number("share", total > 0 ? (double)units / total : null);
        json.WriteNumber("crossovers", data?.Crossovers ?? 0);
        json.Objects("unitsByDay", report.Days, day =>
        {
            json.Day("day", day);
            json.WriteNumber("units", data?.UnitsByDay.GetValueOrDefault(day) ?? 0);
        });
    }

    private void Metric(MetricReport metric)
    {
        json.WriteString("key", metric.Metric.Key);
        json.WriteString("name", metric.Metric.Name);
        json.WriteString("description", metric.Description);
        json.Name("kind", metric.Metric.Kind);
        json.Name("role", metric.Metric.Role);
        json.Name("direction", metric.Metric.Direction);
        json.Number("margin", metric.Metric.Margin);
        json.Number("absoluteMargin", metric.Metric.AbsoluteMargin);
        json.WriteString("unit", metric.Metric.Unit);
        json.Objects("effects", report.Verdict.Kind == VerdictKind.NotReadYet ? [] : metric.Effects, Effect);
    }

    private void Effect(VariantEffect effect)
    {
        json.WriteString("variant", effect.Variant);
        json.Name("status", effect.Status);
        json.WriteString("reason", effect.Reason);
        json.Name("reading", effect.Reading);
        json.Number("controlValue", effect.ControlValue);
        json.Number("value", effect.Value);
        json.Interval("relative", effect.Relative);
        json.Interval("absolute", effect.Absolute);
        json.Number("level", effect.Level);
        json.Number("pValue", effect.PValue);
        json.Number("adjustedPValue", effect.AdjustedPValue);
        json.Objects("byDay", effect.ByDay.OrderBy(day => day.Key), day =>
        {
            json.Day("day", day.Key);
            json.Ends(day.Value);
        });
    }

    private void Counts(EventCounts counts)
    {
        json.WriteStartObject("counts");
        foreach (var (name, value) in Names(counts))
            json.WriteNumber(name, value);
        json.WriteEndObject();
    }

    private static (string Name, long Value)[] Names(EventCounts counts) =>
    [
        ("lines", counts.Lines), ("partialLines", counts.PartialLines), ("invalidLines", counts.InvalidLines), ("unknownTypes", counts.UnknownTypes),
        ("invalidEvents", counts.InvalidEvents), ("exposures", counts.Exposures), ("duplicateExposures", counts.DuplicateExposures),
        ("exposuresOfOtherExperiments", counts.ExposuresOfOtherExperiments), ("exposuresOfOtherUnitKinds", counts.ExposuresOfOtherUnitKinds),
        ("exposuresOfUnknownVariants", counts.ExposuresOfUnknownVariants), ("exposuresOutsideWindow", counts.ExposuresOutsideWindow),
        ("exposuresKept", counts.ExposuresKept), ("units", counts.Units), ("crossoverUnits", counts.CrossoverUnits), ("outcomes", counts.Outcomes),
        ("duplicateOutcomes", counts.DuplicateOutcomes), ("outcomesOfOtherUnitKinds", counts.OutcomesOfOtherUnitKinds),
        ("outcomesOfOtherMetrics", counts.OutcomesOfOtherMetrics), ("outcomesOfUnexposedUnits", counts.OutcomesOfUnexposedUnits),
        ("outcomesOfCrossoverUnits", counts.OutcomesOfCrossoverUnits), ("outcomesBeforeExposure", counts.OutcomesBeforeExposure),
        ("outcomesAfterWindow", counts.OutcomesAfterWindow), ("outcomesKept", counts.OutcomesKept), ("outcomesUsedAsCovariate", counts.OutcomesUsedAsCovariate),
    ];
}

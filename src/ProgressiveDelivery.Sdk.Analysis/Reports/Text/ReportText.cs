using ProgressiveDelivery.Sdk.Analysis.Reports.Charts;
using ProgressiveDelivery.Sdk.Analysis.Reports.Series;
using ProgressiveDelivery.Sdk.Analysis.Verdicts;
using ProgressiveDelivery.Sdk.Analysis.Wording;

namespace ProgressiveDelivery.Sdk.Analysis.Reports.Text;

/// <summary>Writes a report as text, in the order of the page.</summary>
internal sealed class ReportText(TextPage page, ExperimentReport report)
{
    private const int MaxFaults = 10;

    public void Write()
    {
        Head();
        Verdict();
        Traffic();
        Units();
        Effects();
        Method();
    }

    private void Head()
    {
        var plan = report.Plan;
        page.Wrapped($"Experiment report: {SafeText.Cut(plan.Name ?? plan.Experiment)}");
        page.Wrapped($"{SafeText.Cut(plan.Experiment)} · {Dates.Period(plan)} · {Dates.Progress(plan, report.ComputedAt)} · unit: {plan.UnitName}");
        page.Wrapped($"Computed {Dates.Time(report.ComputedAt)} from {Words.Counted(report.Data.Counts.Exposures, "exposure", "exposures")} and {Words.Counted(report.Data.Counts.Outcomes, "outcome", "outcomes")}");
    }

    private void Verdict()
    {
        page.Blank();
        page.Wrapped(report.Verdict.Headline);
        page.Wrapped(report.Verdict.Line);
        foreach (var warning in report.Verdict.Warnings)
            page.Wrapped(warning);
        if (report.Verdict.NextSteps.Count == 0)
            return;
        page.Blank();
        page.Line("What to do next");
        for (var step = 0; step < report.Verdict.NextSteps.Count; step++)
            page.Wrapped(report.Verdict.NextSteps[step], $"  {step + 1}. ", indent: 5);
    }

    private void Traffic()
    {
        page.Blank();
        page.Line($"Is the traffic sound? {Words.TrafficAnswer(report.Traffic)}");
        foreach (var check in report.Traffic.Checks)
        {
            var state = check.State switch { TrafficState.Good => "ok", TrafficState.Warn => "warns", _ => "FAILED" };
            page.Wrapped($"{check.Title}. {check.Text}", "  " + state.PadRight(8), indent: 10);
        }

        foreach (var fault in report.Data.Faults.Take(MaxFaults))
            page.Wrapped($"{fault.File}:{fault.Line}: {Words.Rule(fault.Rule)}. {fault.Reason}", "  line".PadRight(10), indent: 10);
    }

    private void Units()
    {
        page.Blank();
        page.Line(Words.Capitalized(report.Plan.UnitsName));
        var (total, weights) = (report.Units(), report.Plan.Variants.Sum(variant => variant.Weight));
        var table = new TextTable(page, new("Variant"), new("Count", true), new("Share", true), new("Planned", true));
        foreach (var variant in report.Plan.Variants)
        {
            var units = report.UnitsOf(variant.Key);
            table.Row(
                variant == report.Plan.Control ? variant.Title + " (control)" : variant.Title,
                Numbers.Count(units),
                Numbers.Rate(total == 0 ? null : (double)units / total),
                Numbers.Rate(weights > 0 ? variant.Weight / weights : null));
        }

        table.Write();
    }

    private void Effects()
    {
        page.Blank();
        page.Line("What changed");
        if (!report.ShowsEffects)
        {
            var hint = report.Verdict.Kind == VerdictKind.DoNotTrust ? " The JSON report has them." : "";
            page.Wrapped(Words.Hidden(report) + hint, "  ", indent: 2);
            return;
        }

        var table = new TextTable(page, new("Variant"), new("Control → variant"), new("Change", true), new("Interval"), new("p"), new("Reading"));
        foreach (var metric in report.Metrics)
        {
            table.Title($"{SafeText.Cut(metric.Metric.Title)} ({Role(metric.Metric)}): {metric.Description}, {Words.Direction(metric.Metric)}");
            foreach (var effect in metric.Effects)
                Row(table, metric.Metric, effect);
        }

        table.Write();
        Reasons();
    }

    private void Row(TextTable table, Metric metric, VariantEffect effect) => table.Row(
        report.TitleOf(effect.Variant),
        $"{metric.Value(effect.ControlValue)} → {metric.Value(effect.Value)}",
        effect.Relative is { } relative ? Numbers.Change(relative.Estimate) : metric.Difference(effect.Absolute?.Estimate),
        effect.Relative is { } interval ? IntervalDrawing.Range(interval) : Numbers.Missing,
        Numbers.P(effect.AdjustedPValue ?? effect.PValue).Replace("p\u00A0=\u00A0", "", StringComparison.Ordinal).Replace("p\u00A0<\u00A0", "<", StringComparison.Ordinal),
        Words.Reading(effect.Reading));

    private void Reasons()
    {
        var reasons = report.Metrics.SelectMany(metric => metric.Effects.Select(effect => (metric.Metric, Effect: effect, Reason: Words.Reason(report.Plan, report.Data, metric.Metric, effect))))
            .Where(row => row.Reason is not null).ToList();
        if (reasons.Count > 0)
            page.Blank();
        foreach (var (metric, effect, reason) in reasons)
            page.Wrapped($"{SafeText.Cut(metric.Title)}, {SafeText.Cut(report.TitleOf(effect.Variant))}: {reason}.", "  ", indent: 2);
    }

    private void Method()
    {
        if (report.Method.Count == 0)
            return;
        page.Blank();
        page.Line("Method");
        foreach (var note in report.Method)
            page.Wrapped($"{note.Title}. {note.Text}", "  ", indent: 2);
    }

    private static string Role(Metric metric) => metric.Role switch { MetricRole.Primary => "primary", MetricRole.Guardrail => "guardrail", _ => "secondary" };
}

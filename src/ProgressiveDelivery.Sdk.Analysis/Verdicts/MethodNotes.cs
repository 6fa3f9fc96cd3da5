using System.Globalization;
using ProgressiveDelivery.Sdk.Analysis.Wording;

namespace ProgressiveDelivery.Sdk.Analysis.Verdicts;

/// <summary>The methods of a report, for the statistician.</summary>
internal static class MethodNotes
{
    public static IReadOnlyList<MethodNote> Of(ExperimentPlan plan) => [.. Notes(plan)];

    private static IEnumerable<MethodNote> Notes(ExperimentPlan plan)
    {
        var primary = plan.Metrics.First(metric => metric.Role == MetricRole.Primary);
        yield return new("Assignment", $"The first exposure of a {plan.UnitName} decides its variant. {Words.Capitalized(plan.UnitsName)} that saw two variants take no part.");
        yield return new("Metric", $"{primary.Title}: {MetricWords.Describe(plan, primary)}; {(primary.Direction == MetricDirection.IncreaseIsGood ? "higher" : "lower")} is better. {Words.Capitalized(plan.UnitsName)} without outcomes count as 0.");
        yield return plan.Mode == AnalysisMode.Sequential ? Sequence(plan) : Fixed(plan);
        yield return new("Split", plan.Mode == AnalysisMode.Sequential
            ? string.Create(CultureInfo.InvariantCulture, $"Sequential test for sample ratio mismatch (Lindon and Malek 2022), looked at once a day, alarm below {plan.SampleRatioAlpha}, never taken back.")
            : string.Create(CultureInfo.InvariantCulture, $"Chi-square test for sample ratio mismatch (Fabijan and others 2019), read once at the end, alarm below {plan.SampleRatioAlpha}. Until then the sequential test (Lindon and Malek 2022), looked at once a day."));
        yield return new("Many comparisons", Comparisons(plan));
        if (plan.Metrics.Any(metric => metric.Role == MetricRole.Guardrail))
            yield return Guardrails(plan);
        if (plan.Metrics.Any(metric => metric.UseCovariate))
            yield return new("Adjustment", $"CUPED (Deng, Xu, Kohavi and Walker 2013) with the same quantity from the {MetricWords.Length(plan.CovariateWindow)} before the first exposure, one theta for all variants. A {plan.UnitName} without history has 0.");
        yield return new("Rule for the verdict", "Ship if the primary interval lies on the good side of 0, every guardrail is shown not harmed, and no check of the traffic failed.");
        yield return new("Assumes", $"{Words.Capitalized(plan.UnitsName)} do not influence each other. The split did not change during the run. Each {plan.UnitName} is one person or thing.");
    }

    private static MethodNote Sequence(ExperimentPlan plan) => new("Interval", string.Create(CultureInfo.InvariantCulture,
        $"Asymptotic confidence sequence (Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas 2024) at {Numbers.Level(1 - plan.Alpha)}, tuned for {Numbers.Count(plan.IntendedUnits ?? ExperimentPlan.DefaultIntendedUnits)} {plan.UnitsName} per pair. ")
        + $"It begins at 100 {plan.UnitsName} and 100 values that differ from the most common one, in each variant. Relative changes by the delta method.");

    private static MethodNote Fixed(ExperimentPlan plan) => new("Interval", string.Create(CultureInfo.InvariantCulture,
        $"Read once, at {Numbers.Level(1 - plan.Alpha)}. Means by Welch's test, shares by Newcombe's interval, ratios by the delta method, quantiles by order statistics. Relative changes by Fieller's interval."));

    private static string Comparisons(ExperimentPlan plan)
    {
        var treatments = plan.Variants.Count - 1;
        var primary = treatments == 1
            ? "Primary: one comparison."
            : string.Create(CultureInfo.InvariantCulture, $"Primary: Holm over {treatments} variants; its intervals are drawn at {Numbers.Level(1 - (plan.Alpha / treatments))}.");
        var secondary = plan.Metrics.Any(metric => metric.Role == MetricRole.Secondary)
            ? string.Create(CultureInfo.InvariantCulture, $" Secondary: Benjamini–Hochberg at {plan.Alpha * 100:0.##} %.") : "";
        return primary + secondary + (plan.Metrics.Any(metric => metric.Role == MetricRole.Guardrail) ? " Guardrails: not adjusted, each may veto." : "");
    }

    private static MethodNote Guardrails(ExperimentPlan plan)
    {
        var test = plan.Mode == AnalysisMode.Sequential ? "One-sided confidence sequence" : "One-sided test of non-inferiority (Hauschke and others 1999)";
        return new("Guardrail", string.Create(CultureInfo.InvariantCulture,
            $"{test} at {plan.Alpha * 100:0.##} % against the margin. The bar's harmful end is that one-sided bound, its other end is two-sided."));
    }
}

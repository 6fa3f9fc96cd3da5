using ProgressiveDelivery.Sdk.Analysis.Data;
using ProgressiveDelivery.Sdk.Analysis.Statistics;
using ProgressiveDelivery.Sdk.Analysis.Verdicts;

namespace ProgressiveDelivery.Sdk.Analysis.Wording;

/// <summary>The words that all reports share.</summary>
internal static class Words
{
    /// <summary>The step that helps a metric without outcomes.</summary>
    public const string CheckOutcomes = "Check that the outcomes of the metric arrive under its name, with different values.";

    /// <summary>Returns the word for a reading.</summary>
    public static string Reading(EffectReading reading) => reading switch
    {
        EffectReading.Better => "Better",
        EffectReading.Worse => "Worse",
        EffectReading.NotClearYet => "Not clear yet",
        EffectReading.NotHarmed => "Not harmed",
        EffectReading.Harmed => "Harmed",
        EffectReading.TooEarly => "Too early",
        _ => "No value",
    };

    /// <summary>Returns the heading of the metrics with a role.</summary>
    public static string Group(MetricRole role, int metrics) => (role, metrics) switch
    {
        (MetricRole.Primary, _) => "Primary metric",
        (MetricRole.Guardrail, 1) => "Guardrail",
        (MetricRole.Guardrail, _) => "Guardrails",
        (_, 1) => "Secondary metric",
        _ => "Secondary metrics",
    };

    /// <summary>Returns what the metrics with a role are for.</summary>
    public static string Purpose(MetricRole role) => role switch
    {
        MetricRole.Primary => "decides",
        MetricRole.Guardrail => "each may stop the launch; dashed line: the most harm allowed",
        _ => "for understanding; p-values adjusted together",
    };

    /// <summary>Returns the direction of a metric that is good.</summary>
    public static string Direction(Metric metric) => metric.Direction == MetricDirection.IncreaseIsGood ? "higher is better" : "lower is better";

    /// <summary>Returns the reason why a comparison has no result, as a part of a sentence; null if there is none.</summary>
    public static string? Reason(ExperimentPlan plan, ExperimentData data, Metric metric, VariantEffect effect) => effect.Reason switch
    {
        null => null,
        StatisticalReasons.ZeroVariance or StatisticalReasons.BurnIn when HasNoOutcome(data, metric) => "no events with this name",
        StatisticalReasons.ZeroVariance => "all values are equal",
        StatisticalReasons.Units => $"too few {plan.UnitsName}",
        StatisticalReasons.NotFinite => "a value is infinite or not a number",
        StatisticalReasons.BaselineNotPositive => "the control's value is not above 0, so a change in percent would mislead",
        StatisticalReasons.BaselineUnstable => "the control's value is too uncertain for a change in percent",
        StatisticalReasons.DenominatorNotPositive => "the denominator is not above 0",
        StatisticalReasons.DenominatorUnstable => "the denominator is too uncertain",
        StatisticalReasons.LevelOutOfRange => "too few outcomes for this quantile",
        StatisticalReasons.BurnIn => "too few outcomes for an interval yet",
        StatisticalReasons.BadArgument => "the plan has a setting out of range",
        var code => code,
    };

    /// <summary>Returns what helps if a comparison has no result, as a sentence.</summary>
    public static string Remedy(VariantEffect effect) => effect.Reason switch
    {
        StatisticalReasons.ZeroVariance => CheckOutcomes,
        StatisticalReasons.BaselineNotPositive or StatisticalReasons.BaselineUnstable => "Choose a metric whose control value is clearly above 0.",
        StatisticalReasons.DenominatorNotPositive => "Choose a denominator that units have.",
        StatisticalReasons.NotFinite => "Look for outcomes whose values are beyond all measure, or winsorize the metric.",
        _ => "Check the plan and the events.",
    };

    /// <summary>Returns the words for the rule by which a line did not become an event.</summary>
    public static string Rule(EventFaultRule rule) => rule switch
    {
        EventFaultRule.PartialLine => "cut off",
        EventFaultRule.InvalidLine => "no JSON object",
        EventFaultRule.UnknownType => "other type",
        _ => "invalid event",
    };

    /// <summary>Returns the answer to "Is the traffic sound?".</summary>
    public static string TrafficAnswer(TrafficReport traffic)
    {
        var (bad, warn) = (traffic.Checks.Count(check => check.State == TrafficState.Bad), traffic.Checks.Count(check => check.State == TrafficState.Warn));
        var warns = warn == 0 ? "" : $"{Numbers.Count(warn)} {(warn == 1 ? "warns" : "warn")}";
        if (bad > 0)
            return $"No: {Counted(bad, "check", "checks")} failed{(warn == 0 ? "" : ", " + warns)}.";
        return warn > 0
            ? $"Yes, but look: {warns}, {Numbers.Count(traffic.Checks.Count - warn)} passed."
            : $"Yes: {Numbers.Count(traffic.Checks.Count)} of {Numbers.Count(traffic.Checks.Count)} checks passed.";
    }

    /// <summary>Returns why effects are not shown, as a sentence.</summary>
    public static string Hidden(ExperimentReport report) => report.Verdict.Kind == VerdictKind.NotReadYet
        ? $"Hidden until {Dates.DayOfYear(DateOnly.FromDateTime(report.Plan.ReadableFrom.UtcDateTime))}: this analysis is read once, when its last outcomes are in."
        : "Hidden, because the traffic is not sound. The figures are kept for finding the fault, not for deciding.";

    /// <summary>Writes a number with its noun.</summary>
    public static string Counted(long number, string one, string several) => $"{Numbers.Count(number)} {(number == 1 ? one : several)}";

    /// <summary>Writes the first letter of a text in upper case.</summary>
    public static string Capitalized(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>Indicates whether a metric has no outcome in any variant, or none but zeros.</summary>
    public static bool HasNoOutcome(ExperimentData data, Metric metric) =>
        data.Variants.All(variant => variant.Metrics.TryGetValue(metric.Key, out var data) && data.Total is { Sum: 0, SumOfSquares: 0 });
}

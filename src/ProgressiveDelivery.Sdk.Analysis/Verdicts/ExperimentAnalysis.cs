using ProgressiveDelivery.Sdk.Analysis.Data;
using ProgressiveDelivery.Sdk.Analysis.Validation;

namespace ProgressiveDelivery.Sdk.Analysis.Verdicts;

/// <summary>Judges experiments by their sufficient statistics. Pure computation: no input or output. Safe to use from any thread.</summary>
public static class ExperimentAnalysis
{
    /// <summary>Returns the verdict on an experiment, with all that it rests on.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="data">The sufficient statistics, of the variants and metrics of the plan.</param>
    /// <param name="now">The present time. A fixed-horizon experiment shows no effects before its end and its outcome window are over.</param>
    /// <exception cref="ExperimentPlanException">The plan is not valid; the exception lists all faults.</exception>
    /// <exception cref="ArgumentException">The data lacks a variant or metric of the plan.</exception>
    public static ExperimentReport Judge(ExperimentPlan plan, ExperimentData data, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(data);
        PlanValidator.ThrowIfInvalid(plan);
        CheckFit(plan, data);
        var days = DaysOf(data);
        var traffic = TrafficJudge.Check(plan, data, days, isOver: now >= plan.ReadableFrom);
        var metrics = MetricJudge.Judge(plan, data, days);
        return new()
        {
            Plan = plan,
            Data = data,
            ComputedAt = now,
            Traffic = traffic,
            Metrics = metrics,
            Days = days,
            Verdict = VerdictRules.Judge(new(plan, data, now, traffic, metrics, days)),
            Method = MethodNotes.Of(plan),
        };
    }

    private static List<DateOnly> DaysOf(ExperimentData data)
    {
        var days = data.Variants.SelectMany(variant => variant.UnitsByDay.Keys).ToHashSet();
        if (days.Count == 0)
            return [];
        var first = days.Min();
        return [.. Enumerable.Range(0, days.Max().DayNumber - first.DayNumber + 1).Select(first.AddDays)];
    }

    private static void CheckFit(ExperimentPlan plan, ExperimentData data)
    {
        if (!plan.Variants.Select(variant => variant.Key).SequenceEqual(data.Variants.Select(variant => variant.Variant), StringComparer.Ordinal))
            throw new ArgumentException($"The data of experiment '{plan.Experiment}' has other variants than its plan. Read the data by the same plan.", nameof(data));
        foreach (var variant in data.Variants)
        {
            if (plan.Metrics.FirstOrDefault(metric => !variant.Metrics.ContainsKey(metric.Key)) is { } missing)
                throw new ArgumentException($"Variant '{variant.Variant}' of experiment '{plan.Experiment}' has no data of metric '{missing.Key}'. Read the data by the same plan.", nameof(data));
        }
    }
}

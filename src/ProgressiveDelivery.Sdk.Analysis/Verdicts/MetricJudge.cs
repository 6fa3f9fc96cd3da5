using ProgressiveDelivery.Sdk.Analysis.Data;

namespace ProgressiveDelivery.Sdk.Analysis.Verdicts;

/// <summary>Compares the treatments with the control, metric by metric, and reads the effects.</summary>
internal sealed class MetricJudge
{
    private readonly ExperimentPlan _plan;
    private readonly ExperimentData _data;
    private readonly IReadOnlyList<DateOnly> _days;
    private readonly IArmComparer _comparer;
    private readonly int _treatments;

    private MetricJudge(ExperimentPlan plan, ExperimentData data, IReadOnlyList<DateOnly> days)
    {
        (_plan, _data, _days) = (plan, data, days);
        _comparer = ComparerOf(plan);
        _treatments = plan.Variants.Count - 1;
    }

    public static IReadOnlyList<MetricReport> Judge(ExperimentPlan plan, ExperimentData data, IReadOnlyList<DateOnly> days)
    {
        var judge = new MetricJudge(plan, data, days);
        var reports = plan.Metrics.Select(judge.Report).ToList();
        return MultipleReadings.Adjust(plan, reports);
    }

    public static IArmComparer ComparerOf(ExperimentPlan plan) =>
        plan.Mode == AnalysisMode.Sequential ? new SequentialComparer(plan.IntendedUnits ?? ExperimentPlan.DefaultIntendedUnits) : new FixedComparer();

    /// <summary>Returns the arms of a metric, in the order of the variants.</summary>
    public static IReadOnlyList<Arm> ArmsOf(ExperimentData data, Metric metric) => metric.Kind == MetricKind.Quantile
        ? ArmReader.Read([.. data.Variants.Select(variant => variant.Metrics[metric.Key].Quantile!)])
        : ArmReader.Read(metric, [.. data.Variants.Select(variant => variant.Metrics[metric.Key].Total!)]);

    private MetricReport Report(Metric metric)
    {
        var arms = ArmsOf(_data, metric);
        var byDay = metric.Role == MetricRole.Primary && _plan.Mode == AnalysisMode.Sequential && metric.Kind != MetricKind.Quantile ? ByDay(metric) : null;
        return new()
        {
            Metric = metric,
            Description = MetricWords.Describe(_plan, metric),
            Effects = [.. Enumerable.Range(1, _treatments).Select(arm => Effect(metric, arms, arm, byDay))],
        };
    }

    private VariantEffect Effect(Metric metric, IReadOnlyList<Arm> arms, int arm, Dictionary<DateOnly, Interval>[]? byDay)
    {
        var alpha = metric.Role == MetricRole.Primary ? _plan.Alpha / _treatments : _plan.Alpha;
        var (comparison, reading) = metric.Role == MetricRole.Guardrail
            ? _comparer.Guard(metric, arms[0], arms[arm], alpha)
            : (_comparer.Compare(arms[0], arms[arm], alpha), EffectReading.NotClearYet);
        return new()
        {
            Variant = _plan.Variants[arm].Key,
            Status = comparison.Status,
            Reason = comparison.Reason,
            ControlValue = arms[0].Value,
            Value = arms[arm].Value,
            Absolute = comparison.Absolute,
            Relative = comparison.Relative,
            Level = 1 - alpha,
            PValue = comparison.PValue,
            Reading = reading,
            ByDay = byDay?[arm] ?? [],
        };
    }

    // Units count on the day of their first exposure, with all their outcomes: a later look only adds units.
    private Dictionary<DateOnly, Interval>[] ByDay(Metric metric)
    {
        var found = _plan.Variants.Select(_ => new Dictionary<DateOnly, Interval>()).ToArray();
        var sums = new Moments[_plan.Variants.Count];
        Array.Fill(sums, new() { Units = 0, Sum = 0, SumOfSquares = 0, Variance = 0, Minority = 0 });
        foreach (var day in _days)
        {
            for (var arm = 0; arm < sums.Length; arm++)
                sums[arm] = _data.Variants[arm].Metrics[metric.Key].Days.TryGetValue(day, out var moments) ? sums[arm].Plus(moments) : sums[arm];
            var arms = ArmReader.Read(metric, sums);
            for (var arm = 1; arm < sums.Length; arm++)
            {
                if (_comparer.Compare(arms[0], arms[arm], _plan.Alpha / _treatments).Relative is { } relative)
                    found[arm][day] = relative;
            }
        }

        return found;
    }
}

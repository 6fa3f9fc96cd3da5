using ProgressiveDelivery.Sdk.Analysis.Statistics;

namespace ProgressiveDelivery.Sdk.Analysis.Verdicts;

/// <summary>Compares arms that may be looked at at any time, by confidence sequences (statistics.md, section 11).</summary>
/// <param name="intended">The units of a pair at which the intervals are narrowest.</param>
internal sealed class SequentialComparer(long intended) : IArmComparer
{
    public Comparison Compare(Arm control, Arm treatment, double alpha)
    {
        if (control.Estimate is not { } before)
            return Comparison.Without(control.Status, control.Reason);
        if (treatment.Estimate is not { } after)
            return Comparison.Without(treatment.Status, treatment.Reason);
        var difference = ConfidenceSequence.Difference(before, after, Settings(alpha, SequenceSide.TwoSided));
        if (!difference.IsOk)
            return Comparison.Without(difference.Status, difference.Reason) with { Absolute = Exact(control, treatment, alpha) };
        return new()
        {
            Status = StatisticalStatus.Ok,
            Absolute = new(difference.Value.Estimate, difference.Value.Low, difference.Value.High),
            Relative = Relative(before, after, alpha, SequenceSide.TwoSided),
            PValue = difference.Value.PValue,
        };
    }

    public (Comparison Comparison, EffectReading Reading) Guard(Metric metric, Arm control, Arm treatment, double alpha)
    {
        var comparison = Compare(control, treatment, alpha);
        if (comparison.Status != StatisticalStatus.Ok || control.Estimate is not { } before || treatment.Estimate is not { } after)
            return (comparison, comparison.Status == StatisticalStatus.Refused ? EffectReading.NoValue : EffectReading.TooEarly);
        var harmful = metric.Direction == MetricDirection.IncreaseIsGood ? SequenceSide.Lower : SequenceSide.Upper;
        comparison = Guardrail.WithHarmfulEnd(metric, comparison, Relative(before, after, alpha, harmful));
        var margin = Guardrail.MarginOf(metric);
        var slack = NonInferiorityTest.Sequence(before, after, metric.Direction, margin, Settings(alpha, SequenceSide.Lower));
        if (!slack.IsOk)
            return (comparison, slack.Status == StatisticalStatus.Refused ? EffectReading.NoValue : EffectReading.TooEarly);
        if (slack.Value.Low > 0)
            return (comparison, EffectReading.NotHarmed);
        var harm = NonInferiorityTest.Sequence(before, after, metric.Direction, margin, Settings(alpha, SequenceSide.Upper));
        return (comparison, harm.Value?.High < 0 ? EffectReading.Harmed : EffectReading.NotClearYet);
    }

    // Two counters in each arm have an exact interval while the sequence may not start (section 12).
    private static Interval? Exact(Arm control, Arm treatment, double alpha)
    {
        if (control.Proportion is not { } one || treatment.Proportion is not { } other || ProportionSequence.Difference(one, other, alpha).Value is not { } exact)
            return null;
        return new(treatment.Value!.Value - control.Value!.Value, exact.Low, exact.High);
    }

    private Interval? Relative(ArmEstimate control, ArmEstimate treatment, double alpha, SequenceSide side) =>
        ConfidenceSequence.RelativeUplift(control, treatment, Settings(alpha, side)).Value is { } uplift ? new(uplift.Estimate, uplift.Low, uplift.High) : null;

    private SequenceSettings Settings(double alpha, SequenceSide side) => new() { Alpha = alpha, Intended = intended, Side = side };
}

using ProgressiveDelivery.Sdk.Analysis.Statistics;

namespace ProgressiveDelivery.Sdk.Analysis.Verdicts;

/// <summary>The parts of guardrails that both modes share.</summary>
internal static class Guardrail
{
    public static NonInferiorityMargin MarginOf(Metric metric) => new() { Absolute = metric.AbsoluteMargin, Relative = metric.Margin };

    /// <summary>Replaces the harmful end of the relative interval by the one-sided bound that the reading rests on.</summary>
    public static Comparison WithHarmfulEnd(Metric metric, Comparison comparison, Interval? oneSided) =>
        comparison.Relative is not { } relative || oneSided is null ? comparison
        : comparison with { Relative = metric.Direction == MetricDirection.IncreaseIsGood ? relative with { Low = oneSided.Low } : relative with { High = oneSided.High } };
}

using ProgressiveDelivery.Sdk.Analysis.Data;

namespace ProgressiveDelivery.Sdk.Analysis.Verdicts;

/// <summary>The findings that a verdict is drawn from.</summary>
internal sealed record JudgedExperiment(
    ExperimentPlan Plan, ExperimentData Data, DateTimeOffset Now, TrafficReport Traffic, IReadOnlyList<MetricReport> Metrics, IReadOnlyList<DateOnly> Days)
{
    public MetricReport Primary => Metrics.First(metric => metric.Metric.Role == MetricRole.Primary);

    /// <summary>The units of the control and one treatment.</summary>
    public long PairUnits(string treatment) => UnitsOf(Plan.Control.Key) + UnitsOf(treatment);

    public long UnitsOf(string variant) => Data.Variants.First(known => known.Variant == variant).Units;
}

using ProgressiveDelivery.Sdk.Analysis.Statistics;

namespace ProgressiveDelivery.Sdk.Analysis.Verdicts;

/// <summary>The standing of one treatment, and its reasons.</summary>
internal sealed class Treatment
{
    public Treatment(JudgedExperiment experiment, PlannedVariant variant)
    {
        Key = variant.Key;
        Primary = EffectOf(experiment.Primary);
        Guardrails = [.. experiment.Metrics.Where(metric => metric.Metric.Role == MetricRole.Guardrail).Select(metric => (metric, EffectOf(metric)))];
        Standing = Stands(experiment);
    }

    public string Key { get; }

    public VariantEffect Primary { get; }

    public IReadOnlyList<(MetricReport Metric, VariantEffect Effect)> Guardrails { get; }

    public Standing Standing { get; }

    /// <summary>The guardrails that it harms, the worst of the plan first.</summary>
    public IEnumerable<(MetricReport Metric, VariantEffect Effect)> Harmed => Guardrails.Where(guardrail => guardrail.Effect.Reading == EffectReading.Harmed);

    /// <summary>The guardrails that it may harm.</summary>
    public IEnumerable<(MetricReport Metric, VariantEffect Effect)> Unclear => Guardrails.Where(guardrail => guardrail.Effect.Reading != EffectReading.NotHarmed);

    private VariantEffect EffectOf(MetricReport metric) => metric.Effects.First(effect => effect.Variant == Key);

    private Standing Stands(JudgedExperiment experiment) =>
        Primary.Status == StatisticalStatus.Refused ? Standing.Refused
        : Primary.Reading == EffectReading.Worse || Harmed.Any() ? Standing.Harmful
        : Primary.Status == StatisticalStatus.Insufficient ? Standing.TooEarly
        : Primary.Reading == EffectReading.Better ? (Unclear.Any() ? Standing.BetterButUnclear : Standing.Shippable)
        : IsWithin(experiment.Plan.SmallestEffect) ? Standing.NoDifference
        : experiment.Plan.IntendedUnits is { } intended && experiment.PairUnits(Key) >= intended ? Standing.SizeReached
        : experiment.Plan.Mode == AnalysisMode.FixedHorizon ? Standing.SizeReached
        : Standing.Unclear;

    private bool IsWithin(double? smallest) => smallest is { } effect && Primary.Relative is { } relative && relative.Low > -effect && relative.High < effect;
}

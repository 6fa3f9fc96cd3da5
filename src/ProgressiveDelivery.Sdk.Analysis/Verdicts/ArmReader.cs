using ProgressiveDelivery.Sdk.Analysis.Data;
using ProgressiveDelivery.Sdk.Analysis.Statistics;

namespace ProgressiveDelivery.Sdk.Analysis.Verdicts;

/// <summary>Reads the arms of a metric from its sufficient statistics.</summary>
internal static class ArmReader
{
    /// <summary>Returns the arms, in the order of the variants.</summary>
    public static IReadOnlyList<Arm> Read(Metric metric, IReadOnlyList<Moments> arms) =>
        metric.Kind == MetricKind.Ratio ? [.. arms.Select(OfRatio)]
        : metric.UseCovariate ? Adjusted(arms)
        : [.. arms.Select(moments => OfSample(metric, moments))];

    /// <summary>Returns the arms of a quantile, in the order of the variants.</summary>
    public static IReadOnlyList<Arm> Read(IReadOnlyList<QuantileData> arms) => [.. arms.Select(OfQuantile)];

    private static Arm OfSample(Metric metric, Moments moments)
    {
        var sample = new Sample(moments.Units, moments.Mean, moments.Variance) { Minority = moments.Minority };
        return Of(sample) with
        {
            Proportion = metric.Kind is MetricKind.Conversion or MetricKind.Retention ? new Proportion(moments.Units, (long)moments.Sum) : null,
        };
    }

    private static Arm Of(Sample sample) => sample.Units == 0
        ? Arm.Without(StatisticalStatus.Insufficient, StatisticalReasons.Units)
        : new() { Status = StatisticalStatus.Ok, Sample = sample, Estimate = ArmEstimate.Of(sample) };

    private static Arm OfRatio(Moments moments)
    {
        var ratio = new RatioSample(moments.Units, moments.Mean, moments.DenominatorMean, moments.Variance, moments.DenominatorVariance, moments.DenominatorCovariance)
        {
            Minority = moments.Minority,
        };
        var estimate = RatioTest.Estimate(ratio);
        return estimate.IsOk ? Of(estimate.Value) with { Ratio = ratio } : Arm.Without(estimate.Status, estimate.Reason);
    }

    private static Arm OfQuantile(QuantileData data)
    {
        if (data is not { Value: { } value, Lower: { } lower, Upper: { } upper })
            return Arm.Without(StatisticalStatus.Insufficient, data.Units < 2 ? StatisticalReasons.Units : StatisticalReasons.LevelOutOfRange);
        var quantile = new QuantileSample(lower, value, upper);
        return Of(new ArmEstimate(value, QuantileTest.StandardError(quantile), data.Units)) with { Quantile = quantile };
    }

    private static Arm Of(ArmEstimate estimate) => new()
    {
        Status = StatisticalStatus.Ok,
        Estimate = estimate,
        Sample = new(estimate.Units, estimate.Value, estimate.StandardError * estimate.StandardError * estimate.Units) { Minority = estimate.Minority },
    };

    private static Arm[] Adjusted(IReadOnlyList<Moments> arms)
    {
        var adjustment = Cuped.Adjust([.. arms.Select(moments =>
            new CovariateSample(moments.Units, moments.Mean, moments.Variance, moments.CovariateMean, moments.CovariateVariance, moments.CovariateCovariance) { Minority = moments.Minority })]);
        return adjustment.IsOk ? [.. adjustment.Value.Arms.Select(Of)] : [.. arms.Select(_ => Arm.Without(adjustment.Status, adjustment.Reason))];
    }
}

using ProgressiveDelivery.Sdk.Analysis.Statistics;

namespace ProgressiveDelivery.Sdk.Analysis.Verdicts;

/// <summary>Compares arms that are looked at once.</summary>
internal sealed class FixedComparer : IArmComparer
{
    public Comparison Compare(Arm control, Arm treatment, double alpha) =>
        First(control, treatment) is { } missing ? Comparison.Without(missing.Status, missing.Reason)
        : control.Quantile is { } quantile ? Of(QuantileTest.Compare(quantile, treatment.Quantile!.Value, alpha))
        : control.Ratio is { } ratio ? Of(RatioTest.Compare(ratio, treatment.Ratio!.Value, alpha))
        : control.Proportion is { } proportion ? OfProportions(proportion, treatment.Proportion!.Value, alpha)
        : OfMeans(control.Sample, treatment.Sample, alpha);

    public (Comparison Comparison, EffectReading Reading) Guard(Metric metric, Arm control, Arm treatment, double alpha)
    {
        var comparison = Compare(control, treatment, alpha);
        if (First(control, treatment) is { } missing)
            return (comparison, missing.Status == StatisticalStatus.Refused ? EffectReading.NoValue : EffectReading.TooEarly);
        var test = NonInferiorityTest.Compare(control.Sample, treatment.Sample, metric.Direction, Guardrail.MarginOf(metric), alpha);
        var oneSided = UpliftTest.Compare(control.Sample, treatment.Sample, Math.Min(2 * alpha, 0.999));
        comparison = Guardrail.WithHarmfulEnd(metric, comparison, oneSided.Value is { } uplift ? new(uplift.Uplift, uplift.Low, uplift.High) : null);
        return (comparison, test.Status switch
        {
            StatisticalStatus.Insufficient => EffectReading.TooEarly,
            StatisticalStatus.Refused => EffectReading.NoValue,
            _ => test.Value!.Verdict switch
            {
                NonInferiorityVerdict.NonInferior => EffectReading.NotHarmed,
                NonInferiorityVerdict.Inferior => EffectReading.Harmed,
                _ => EffectReading.NotClearYet,
            },
        });
    }

    private static Arm? First(Arm control, Arm treatment) => new[] { control, treatment }.FirstOrDefault(arm => !arm.IsOk);

    private static Comparison OfMeans(Sample control, Sample treatment, double alpha)
    {
        var test = WelchTest.Compare(control, treatment, alpha);
        return test.Value is not { } difference
            ? Comparison.Without(test.Status, test.Reason)
            : new()
            {
                Status = StatisticalStatus.Ok,
                Absolute = new(difference.Estimate, difference.Low, difference.High),
                Relative = Uplift(control, treatment, alpha),
                PValue = difference.PValue,
            };
    }

    private static Comparison OfProportions(Proportion control, Proportion treatment, double alpha)
    {
        var test = ProportionTest.Compare(control, treatment, alpha);
        return test.Value is not { } difference
            ? Comparison.Without(test.Status, test.Reason)
            : new()
            {
                Status = StatisticalStatus.Ok,
                Absolute = new(difference.Estimate, difference.Low, difference.High),
                Relative = Uplift(control.ToSample(), treatment.ToSample(), alpha),
                PValue = difference.PValue,
            };
    }

    private static Comparison Of(StatisticalResult<ValueDifference> test) => test.Value is not { } difference
        ? Comparison.Without(test.Status, test.Reason)
        : new()
        {
            Status = StatisticalStatus.Ok,
            Absolute = new(difference.Estimate, difference.Low, difference.High),
            Relative = difference.Relative.Value is { } uplift ? new(uplift.Estimate, uplift.Low, uplift.High) : null,
            PValue = difference.PValue,
        };

    private static Interval? Uplift(Sample control, Sample treatment, double alpha) =>
        UpliftTest.Compare(control, treatment, alpha).Value is { } uplift ? new(uplift.Uplift, uplift.Low, uplift.High) : null;
}

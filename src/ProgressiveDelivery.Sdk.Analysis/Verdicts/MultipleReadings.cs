using ProgressiveDelivery.Sdk.Analysis.Statistics;

namespace ProgressiveDelivery.Sdk.Analysis.Verdicts;

/// <summary>Reads effects with their p-values adjusted: Holm over the variants of the primary metric, Benjamini and Hochberg over all secondary ones.</summary>
internal static class MultipleReadings
{
    public static IReadOnlyList<MetricReport> Adjust(ExperimentPlan plan, IReadOnlyList<MetricReport> reports)
    {
        var primary = Adjusted(reports, MetricRole.Primary, pValues => MultipleComparisons.Holm(pValues, plan.Alpha));
        var secondary = Adjusted(reports, MetricRole.Secondary, pValues => MultipleComparisons.BenjaminiHochberg(pValues, plan.Alpha));
        return [.. reports.Select(report => report.Metric.Role switch
        {
            MetricRole.Primary => Read(plan, report, primary),
            MetricRole.Secondary => Read(plan, report, secondary),
            _ => report,
        })];
    }

    private static Dictionary<(string Metric, string Variant), double> Adjusted(
        IReadOnlyList<MetricReport> reports, MetricRole role, Func<IReadOnlyList<double>, StatisticalResult<AdjustedPValues>> adjust)
    {
        var tested = reports.Where(report => report.Metric.Role == role)
            .SelectMany(report => report.Effects, (report, effect) => (Key: (report.Metric.Key, effect.Variant), effect.PValue))
            .Where(test => test.PValue is not null).ToList();
        var adjusted = adjust([.. tested.Select(test => test.PValue!.Value)]);
        return adjusted.IsOk ? tested.Zip(adjusted.Value.Adjusted).ToDictionary(pair => pair.First.Key, pair => pair.Second) : [];
    }

    private static MetricReport Read(ExperimentPlan plan, MetricReport report, Dictionary<(string Metric, string Variant), double> adjusted) => report with
    {
        Effects = [.. report.Effects.Select(effect => Read(plan, report.Metric, effect, adjusted.TryGetValue((report.Metric.Key, effect.Variant), out var p) ? p : null))],
    };

    private static VariantEffect Read(ExperimentPlan plan, Metric metric, VariantEffect effect, double? adjusted)
    {
        var isClear = adjusted <= plan.Alpha && Agrees(effect);
        var isUp = effect.Absolute?.Estimate > 0;
        return effect with
        {
            AdjustedPValue = adjusted,
            Reading = effect.Status switch
            {
                StatisticalStatus.Refused => EffectReading.NoValue,
                StatisticalStatus.Insufficient => EffectReading.TooEarly,
                _ when !isClear => EffectReading.NotClearYet,
                _ => isUp == (metric.Direction == MetricDirection.IncreaseIsGood) ? EffectReading.Better : EffectReading.Worse,
            },
        };
    }

    // The relative interval is what people see: nothing is called clear that it does not show.
    private static bool Agrees(VariantEffect effect) => effect.Relative is not { } relative || relative.Low > 0 || relative.High < 0;
}

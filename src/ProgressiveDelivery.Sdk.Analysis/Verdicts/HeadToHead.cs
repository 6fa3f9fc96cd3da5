using ProgressiveDelivery.Sdk.Analysis.Statistics;

namespace ProgressiveDelivery.Sdk.Analysis.Verdicts;

/// <summary>Compares treatments that could all be shipped with each other.</summary>
internal static class HeadToHead
{
    /// <summary>Returns the one that beats all others by the primary metric; null if there is none.</summary>
    public static Treatment? Best(JudgedExperiment experiment, List<Treatment> treatments)
    {
        var metric = experiment.Primary.Metric;
        var arms = MetricJudge.ArmsOf(experiment.Data, metric);
        var comparer = MetricJudge.ComparerOf(experiment.Plan);
        var pairs = treatments.Count * (treatments.Count - 1) / 2;
        return treatments.FirstOrDefault(candidate => treatments.All(other => other == candidate || Beats(candidate, other)));

        bool Beats(Treatment candidate, Treatment other)
        {
            var comparison = comparer.Compare(arms[IndexOf(other)], arms[IndexOf(candidate)], experiment.Plan.Alpha / Math.Max(1, pairs));
            return comparison.Status == StatisticalStatus.Ok
                && (metric.Direction == MetricDirection.IncreaseIsGood ? comparison.Absolute!.Low > 0 : comparison.Absolute!.High < 0);
        }

        int IndexOf(Treatment treatment) => experiment.Plan.Variants.Select(variant => variant.Key).ToList().IndexOf(treatment.Key);
    }
}

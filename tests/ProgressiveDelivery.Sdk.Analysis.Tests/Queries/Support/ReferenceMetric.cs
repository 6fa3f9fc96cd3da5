using ProgressiveDelivery.Sdk.Analysis.Data;

namespace ProgressiveDelivery.Sdk.Analysis.Tests.Queries.Support;

/// <summary>What a metric comes to, computed in two passes over all values.</summary>
internal static class ReferenceMetric
{
    private sealed record Unit(string Variant, DateOnly Day, double Value, double Other);

    public static Dictionary<string, MetricData> Compute(Metric metric, ExperimentPlan plan, List<ReferenceUnit> units) => plan.Variants.ToDictionary(
        variant => variant.Key,
        variant => metric.Kind == MetricKind.Quantile ? Quantile(metric, [.. units.Where(unit => unit.Variant == variant.Key)]) : OfUnits(metric, units, variant.Key),
        StringComparer.Ordinal);

    private static MetricData OfUnits(Metric metric, List<ReferenceUnit> units, string variant)
    {
        var values = units.Select(unit => new Unit(
            unit.Variant, unit.Day, Value(metric.Kind, metric.Outcomes.Aggregation, unit.Outcomes),
            metric.Denominator is not null ? Value(metric.Kind, metric.Denominator.Aggregation, unit.Denominator) : Value(metric.Kind, metric.Outcomes.Aggregation, unit.Covariate))).ToList();
        double? cap = null;
        if (metric.Winsorize is { } percentile)
        {
            var pool = values.Select(unit => unit.Value).Where(value => !metric.WinsorizeNonZero || value != 0).Order().ToList();
            cap = pool.Count == 0 ? null : Pick(pool, percentile);
            values = [.. values.Select(unit => unit with { Value = Math.Min(unit.Value, cap ?? double.MaxValue) })];
        }
        var common = values.GroupBy(unit => unit.Value).OrderByDescending(group => group.Count()).ThenBy(group => group.Key).FirstOrDefault()?.Key ?? 0;
        var own = values.Where(unit => unit.Variant == variant).ToList();
        return new()
        {
            Cap = cap,
            Total = Moments(metric, own, common),
            Days = own.GroupBy(unit => unit.Day).ToDictionary(day => day.Key, day => Moments(metric, [.. day], common)),
        };
    }

    private static double Value(MetricKind kind, OutcomeAggregation aggregation, double[] outcomes) => kind switch
    {
        MetricKind.Conversion or MetricKind.Retention => outcomes.Length > 0 ? 1 : 0,
        MetricKind.Count => outcomes.Length,
        MetricKind.Ratio when aggregation == OutcomeAggregation.Count => outcomes.Length,
        _ => outcomes.Sum(),
    };

    private static Moments Moments(Metric metric, List<Unit> units, double common)
    {
        double[] values = [.. units.Select(unit => unit.Value)], others = [.. units.Select(unit => unit.Other)];
        var moments = new Moments
        {
            Units = units.Count,
            Sum = values.Sum(),
            SumOfSquares = values.Sum(value => value * value),
            Variance = Covariance(values, values),
            Minority = values.Count(value => value != common),
        };
        return metric.Kind == MetricKind.Ratio
            ? moments with
            {
                DenominatorSum = others.Sum(),
                DenominatorSumOfSquares = others.Sum(value => value * value),
                DenominatorVariance = Covariance(others, others),
                DenominatorCovariance = Covariance(values, others),
            }
            : moments with
            {
                CovariateSum = others.Sum(),
                CovariateSumOfSquares = others.Sum(value => value * value),
                CovariateVariance = Covariance(others, others),
                CovariateCovariance = Covariance(values, others),
            };
    }

    private static MetricData Quantile(Metric metric, List<ReferenceUnit> units)
    {
        var level = metric.Level!.Value;
        var pool = units.SelectMany(unit => unit.Outcomes).Order().ToList();
        double? value = pool.Count == 0 ? null : Pick(pool, level);
        double[] m = [.. units.Select(unit => (double)unit.Outcomes.Length)], b = [.. units.Select(unit => (double)unit.Outcomes.Count(outcome => outcome <= value))];
        var mean = units.Count == 0 ? 0 : m.Sum() / units.Count;
        var spread = Covariance(b, b) - (2 * level * Covariance(b, m)) + (level * level * Covariance(m, m));
        var half = 1.959963984540054 * Math.Sqrt(spread / (units.Count * mean * mean));
        var hasLevels = units.Count >= 2 && pool.Count > 0 && spread > 1e-12 * Covariance(b, b) && (level - half) * pool.Count >= 1 && (1 - level - half) * pool.Count >= 1;
        return new()
        {
            Quantile = new()
            {
                Outcomes = pool.Count,
                Units = units.Count,
                MeanCount = mean,
                VarianceCount = Covariance(m, m),
                VarianceBelow = Covariance(b, b),
                Covariance = Covariance(b, m),
                Value = value,
                Lower = hasLevels ? Pick(pool, level - half) : null,
                Upper = hasLevels ? Pick(pool, level + half) : null,
            },
        };
    }

    private static double Pick(List<double> ordered, double level) => ordered[Math.Max(1, (int)Math.Ceiling(ordered.Count * level)) - 1];

    private static double Covariance(double[] left, double[] right)
    {
        if (left.Length < 2)
            return 0;
        var (a, b) = (left.Average(), right.Average());
        return left.Zip(right, (x, y) => (x - a) * (y - b)).Sum() / (left.Length - 1);
    }
}

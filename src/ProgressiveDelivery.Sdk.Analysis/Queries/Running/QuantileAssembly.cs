using ProgressiveDelivery.Sdk.Analysis.Data;
using ProgressiveDelivery.Sdk.Analysis.Queries.Sql;
using ProgressiveDelivery.Sdk.Analysis.Statistics;

namespace ProgressiveDelivery.Sdk.Analysis.Queries.Running;

/// <summary>Puts together what the three queries of a quantile give, and computes the levels between the second and the third.</summary>
internal sealed class QuantileAssembly(MetricSql metric, IReadOnlyList<long> units)
{
    private readonly double?[] _values = new double?[units.Count];
    private readonly QuantileLevels?[] _levels = new QuantileLevels?[units.Count];
    private readonly (double? Lower, double? Upper)[] _outer = new (double?, double?)[units.Count];
    private readonly ClusterSums[] _sums = [.. units.Select(count => new ClusterSums(count, 0, 0, 0, 0, 0))];

    /// <summary>The results, in the order of the variants.</summary>
    public IReadOnlyList<QuantileData> Results => [.. units.Select((_, variant) => Result(variant))];

    /// <summary>Takes the quantiles, and sets them for the second query.</summary>
    public void TakeValues(IReadOnlyList<double?[]> rows, SqlParameters parameters)
    {
        foreach (var row in rows)
            _values[(int)row[0]!.Value] = row[2];
        for (var variant = 0; variant < units.Count; variant++)
            parameters.Set(QuantileSql.ValueName(metric, variant), _values[variant] ?? 0);
    }

    /// <summary>Takes the sums over units, and sets the levels for the third query.</summary>
    public void TakeClusters(IReadOnlyList<double?[]> rows, SqlParameters parameters)
    {
        foreach (var row in rows)
        {
            var variant = (int)row[0]!.Value;
            _sums[variant] = new(units[variant], row[1] ?? 0, row[2] ?? 0, row[3] ?? 0, row[4] ?? 0, row[5] ?? 0);
            _levels[variant] = _sums[variant].Levels(metric.Metric.Level!.Value);
        }
        for (var variant = 0; variant < units.Count; variant++)
        {
            parameters.Set(QuantileSql.LowerName(metric, variant), _levels[variant]?.LowerLevel ?? metric.Metric.Level!.Value);
            parameters.Set(QuantileSql.UpperName(metric, variant), _levels[variant]?.UpperLevel ?? metric.Metric.Level!.Value);
        }
    }

    /// <summary>Takes the quantiles at the outer levels.</summary>
    public void TakeOuter(IReadOnlyList<double?[]> rows)
    {
        foreach (var row in rows.Where(row => _levels[(int)row[0]!.Value] is not null))
            _outer[(int)row[0]!.Value] = (row[2], row[3]);
    }

    private QuantileData Result(int variant) => new()
    {
        Outcomes = (long)_sums[variant].M,
        Units = units[variant],
        MeanCount = _sums[variant].MeanCount,
        VarianceCount = _sums[variant].VarianceCount,
        VarianceBelow = _sums[variant].VarianceBelow,
        Covariance = _sums[variant].Covariance,
        Value = _values[variant],
        Lower = _outer[variant].Lower,
        Upper = _outer[variant].Upper,
    };
}

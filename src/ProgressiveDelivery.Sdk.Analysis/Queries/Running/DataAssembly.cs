using ProgressiveDelivery.Sdk.Analysis.Data;
using ProgressiveDelivery.Sdk.Analysis.Queries.Sql;

namespace ProgressiveDelivery.Sdk.Analysis.Queries.Running;

/// <summary>Makes variants and metrics of the rows by variant and day.</summary>
internal sealed class DataAssembly
{
    private readonly ExperimentPlan _plan;
    private readonly IReadOnlyList<MetricSql> _metrics;
    private readonly SortedDictionary<DateOnly, double?[]>[] _days;

    public DataAssembly(ExperimentPlan plan, IReadOnlyList<MetricSql> metrics, IReadOnlyList<double?[]> rows)
    {
        (_plan, _metrics) = (plan, metrics);
        _days = [.. plan.Variants.Select(_ => new SortedDictionary<DateOnly, double?[]>())];
        foreach (var row in rows)
            _days[(int)row[0]!.Value].Add(DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays((int)row[1]!.Value), row);
        UnitsByVariant = [.. _days.Select(days => days.Values.Sum(Units))];
    }

    /// <summary>The units that take part, by the place of their variant.</summary>
    public IReadOnlyList<long> UnitsByVariant { get; }

    public IReadOnlyList<VariantData> Variants(
        IReadOnlyList<double?[]> crossovers, Dictionary<int, double> caps, Dictionary<int, IReadOnlyList<QuantileData>> quantiles) =>
        [.. _plan.Variants.Select((variant, place) => new VariantData
        {
            Variant = variant.Key,
            Units = UnitsByVariant[place],
            Crossovers = (long)(crossovers.FirstOrDefault(row => row[0] == place)?[1] ?? 0),
            UnitsByDay = new SortedDictionary<DateOnly, long>(_days[place].ToDictionary(day => day.Key, day => Units(day.Value))),
            Metrics = Metrics(place, caps, quantiles),
        })];

    private Dictionary<string, MetricData> Metrics(int variant, Dictionary<int, double> caps, Dictionary<int, IReadOnlyList<QuantileData>> quantiles)
    {
        var result = new Dictionary<string, MetricData>(StringComparer.Ordinal);
        var column = MomentSql.KeyColumns;
        foreach (var metric in _metrics)
        {
            result[metric.Metric.Key] = metric.IsQuantile ? new() { Quantile = quantiles[metric.Place][variant] } : OfUnits(metric, variant, column, caps);
            column += MomentSums.Columns(metric);
        }
        return result;
    }

    private MetricData OfUnits(MetricSql metric, int variant, int column, Dictionary<int, double> caps)
    {
        var total = MomentSums.None;
        var days = new SortedDictionary<DateOnly, Moments>();
        foreach (var (day, row) in _days[variant])
        {
            var sums = MomentSums.Read(Units(row), row.AsSpan(column, MomentSums.Columns(metric)));
            days[day] = sums.ToMoments(metric.Metric);
            total += sums;
        }
        return new() { Total = total.ToMoments(metric.Metric), Days = days, Cap = caps.TryGetValue(metric.Place, out var cap) ? cap : null };
    }

    private static long Units(double?[] row) => (long)(row[2] ?? 0);
}

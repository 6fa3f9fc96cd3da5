using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Observability;

/// <summary>The last exported value of each series, as a dashboard would have it.</summary>
internal sealed class OperatorView : BaseExporter<Metric>
{
    private readonly Lock _gate = new();
    private List<Series> _series = [];

    public override ExportResult Export(in Batch<Metric> batch)
    {
        var series = new List<Series>();
        foreach (var metric in batch)
        {
            foreach (ref readonly var point in metric.GetMetricPoints())
                series.Add(new(metric.Name, TagsOf(point), ValueOf(metric.MetricType, point)));
        }

        lock (_gate)
            _series = series;
        return ExportResult.Success;
    }

    /// <summary>The series of an instrument.</summary>
    public IReadOnlyList<Series> Of(string instrument)
    {
        lock (_gate)
            return [.. _series.Where(series => series.Instrument == $"progressive_delivery.{instrument}")];
    }

    /// <summary>The sum over all series of an instrument that have a tag's value.</summary>
    public double Sum(string instrument, string? tag = null, string? value = null) =>
        Of(instrument).Where(series => tag is null || series.Tags.GetValueOrDefault(tag) == value).Sum(series => series.Value);

    private static Dictionary<string, string> TagsOf(in MetricPoint point)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in point.Tags)
            tags[key] = $"{value}";
        return tags;
    }

    private static double ValueOf(MetricType type, in MetricPoint point) => type switch
    {
        MetricType.LongSum or MetricType.LongSumNonMonotonic => point.GetSumLong(),
        MetricType.LongGauge => point.GetGaugeLastValueLong(),
        MetricType.DoubleGauge => point.GetGaugeLastValueDouble(),
        MetricType.Histogram => point.GetHistogramSum() / Math.Max(1, point.GetHistogramCount()),
        _ => double.NaN,
    };
}

/// <summary>A series: an instrument, its tags, and its value; of a histogram the mean.</summary>
internal sealed record Series(string Instrument, IReadOnlyDictionary<string, string> Tags, double Value);

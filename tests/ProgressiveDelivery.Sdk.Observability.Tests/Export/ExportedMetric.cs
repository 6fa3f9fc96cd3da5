using OpenTelemetry.Metrics;

namespace ProgressiveDelivery.Sdk.Observability.Tests.Export;

/// <summary>One client's points of a metric.</summary>
internal sealed class ExportedMetric
{
    private readonly List<(Dictionary<string, string> Tags, double Value)> _points = [];

    private ExportedMetric(MetricSnapshot metric, string client)
    {
        (Name, Unit) = (metric.Name, metric.Unit);
        foreach (var point in metric.MetricPoints)
        {
            var tags = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var (key, value) in point.Tags)
                tags[key] = $"{value}";
            if (tags["client"] == client)
                _points.Add((tags, ValueOf(metric.MetricType, point)));
        }
    }

    public string Name { get; }

    public string Unit { get; }

    public IReadOnlyList<IReadOnlyDictionary<string, string>> Points => [.. _points.Select(point => point.Tags)];

    /// <summary>The metrics of which a client has points.</summary>
    public static IReadOnlyList<ExportedMetric> Of(IEnumerable<MetricSnapshot> metrics, string client) =>
        [.. metrics.Select(metric => new ExportedMetric(metric, client)).Where(metric => metric._points.Count > 0)];

    /// <summary>The value of the one point with these tags besides the client's; null if there is none.</summary>
    public double? ValueOf(IReadOnlyCollection<(string Key, string Value)> tags) => _points
        .Where(point => point.Tags.Count == tags.Count + 1 && tags.All(tag => point.Tags.GetValueOrDefault(tag.Key) == tag.Value))
        .Select(point => (double?)point.Value).SingleOrDefault();

    private static double ValueOf(MetricType type, MetricPoint point) => type switch
    {
        MetricType.LongSum or MetricType.LongSumNonMonotonic => point.GetSumLong(),
        MetricType.LongGauge => point.GetGaugeLastValueLong(),
        MetricType.DoubleGauge => point.GetGaugeLastValueDouble(),
        MetricType.Histogram => point.GetHistogramSum(),
        _ => throw new NotSupportedException($"No instrument is a {type}."),
    };
}

namespace ProgressiveDelivery.Sdk.Observability.Tests.Otlp;

/// <summary>A metric: a gauge, a sum or a histogram.</summary>
internal sealed class OtlpMetric(WireMessage metric)
{
    private const int Gauge = 5, Sum = 7, Histogram = 9;

    public string Name => metric.Text(1)!;

    public string Description => metric.Text(2) ?? "";

    public string Unit => metric.Text(3) ?? "";

    /// <summary>The points of a client: tags, and the value, which of a histogram is its count.</summary>
    public IReadOnlyList<(Dictionary<string, object?> Tags, double Value)> PointsOf(string client) =>
        [.. Numbers().Concat(Counts()).Where(point => Equals(point.Tags["client"], client))];

    private IEnumerable<(Dictionary<string, object?> Tags, double Value)> Numbers() =>
        from data in metric.Messages(Gauge).Concat(metric.Messages(Sum))
        from point in data.Messages(1)
        select (OtlpAttributes.Read(point.Messages(7)), point.Number(4) is { } real ? BitConverter.UInt64BitsToDouble(real) : (double)(long)point.Number(6)!.Value);

    private IEnumerable<(Dictionary<string, object?> Tags, double Value)> Counts() =>
        from data in metric.Messages(Histogram)
        from point in data.Messages(1)
        select (OtlpAttributes.Read(point.Messages(9)), (double)point.Number(4)!.Value);
}

using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using ProgressiveDelivery.Sdk.Observability.Tests.Export;

namespace ProgressiveDelivery.Sdk.Observability.Tests.Otlp;

/// <summary>What a collector receives from the OpenTelemetry SDK's own OTLP exporter.</summary>
public sealed class OtlpExportTests : IDisposable
{
    private readonly OtlpReceiver _receiver = new();

    public void Dispose() => _receiver.Dispose();

    [Fact]
    public async Task CollectorReceivesMetricsEventsAndSpans()
    {
        using var meters = OpenTelemetry.Sdk.CreateMeterProviderBuilder().AddMeter("ProgressiveDelivery.Sdk").AddOtlpExporter(To("metrics")).Build();
        using var tracing = OpenTelemetry.Sdk.CreateTracerProviderBuilder().AddSource("ProgressiveDelivery.Sdk", Shop.Requests.Name).AddOtlpExporter(To("traces")).Build();
        await using var shop = new Shop(logs => logs.AddOtlpExporter(To("logs")));
        await shop.RunAsync();
        // A flush does not wait for an export that is under way already.
        meters.Shutdown().Should().BeTrue();
        tracing.Shutdown().Should().BeTrue();
        shop.EndLogs().Should().BeTrue();

        await _receiver.ReceiveAsync();

        AssertMetrics(shop.Name);
        AssertEvents(shop.Name);
        AssertSpans(shop.Name);
    }

    private void AssertMetrics(string name)
    {
        var metrics = _receiver.Metrics.Where(metric => metric.PointsOf(name).Count > 0).ToList();
        metrics.Select(metric => (metric.Name, metric.Unit)).Should().BeEquivalentTo(Instruments.All.Select(instrument => (instrument.Name, instrument.Unit ?? "")));
        metrics.Should().OnlyContain(metric => metric.Description.Length > 0);
        foreach (var metric in metrics)
            metric.PointsOf(name).SelectMany(point => point.Tags.Keys).Distinct().Should().BeEquivalentTo(["client", .. Instruments.Tags[metric.Name]], $"of {metric.Name}");
        metrics.Single(metric => metric.Name == "progressive_delivery.snapshot.version").PointsOf(name).Single().Value.Should().Be(2);
        metrics.Single(metric => metric.Name == "progressive_delivery.propagation").PointsOf(name).Single().Value.Should().Be(1);
    }

    private void AssertEvents(string name)
    {
        var events = _receiver.Logs.Where(log => log.EventName == "feature_flag.evaluation").ToList();
        events.Should().HaveCount(7).And.OnlyContain(log => log.IsInformation);
        events.Select(log => log.Attributes["feature_flag.set.id"]).Should().OnlyContain(set => Equals(set, name));
        events.Select(log => log.Attributes["feature_flag.key"]).Should().Equal("new-checkout", "missing", "banner", "checkout-page", "checkout-page", "customers", "customers");
        events[0].Attributes.Keys.Should().BeEquivalentTo("feature_flag.key", "feature_flag.provider.name", "feature_flag.set.id", "feature_flag.version", "feature_flag.result.variant", "feature_flag.result.reason");
        events[1].Attributes["error.type"].Should().Be("flag_not_found");
    }

    private void AssertSpans(string name)
    {
        var refreshes = _receiver.Spans.Where(span => Equals(span.Attributes.GetValueOrDefault("progressive_delivery.client"), name)).ToList();
        refreshes.Should().OnlyContain(span => span.Name == "progressive_delivery.refresh" && span.IsRoot && span.EndsAfterItsStart);
        refreshes.Take(3).Select(span => (span.Attributes["progressive_delivery.result"], span.Attributes.GetValueOrDefault("progressive_delivery.version"), span.IsError))
            .Should().Equal(("failed", null, true), ("applied", 1L, false), ("applied", 2L, false));
        refreshes[0].Attributes["error.type"].Should().Be("unreachable");
        refreshes[0].Message.Should().Be("The source is down.");
        refreshes[1].Events.Should().Equal("progressive_delivery.read");
        _receiver.Spans.Should().Contain(span => span.Name == "GET /checkout" && Equals(span.Attributes.GetValueOrDefault("feature_flag.new-checkout"), "on"));
    }

    private Action<OtlpExporterOptions> To(string signal) => options =>
    {
        (options.Protocol, options.Endpoint) = (OtlpExportProtocol.HttpProtobuf, _receiver.Endpoint(signal));
        options.TimeoutMilliseconds = (int)Until.Patience.TotalMilliseconds;
        options.HttpClientFactory = static () => new(new SocketsHttpHandler { UseProxy = false });
    };
}

using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace ProgressiveDelivery.Sdk.Observability.Tests.Export;

/// <summary>The OpenTelemetry SDK's own view of a client, by its in-memory exporters.</summary>
public sealed class InMemoryExportTests
{
    [Fact]
    public async Task EveryInstrumentIsExportedUnderItsNameUnitAndTags()
    {
        var exported = new List<MetricSnapshot>();
        using var meters = OpenTelemetry.Sdk.CreateMeterProviderBuilder().AddMeter("ProgressiveDelivery.Sdk").AddInMemoryExporter(exported).Build();
        await using var shop = new Shop(static _ => { });
        await shop.RunAsync();

        meters.ForceFlush();

        var metrics = ExportedMetric.Of(exported, shop.Name);
        metrics.Select(metric => metric.Name).Should().BeEquivalentTo(Instruments.All.Select(instrument => instrument.Name));
        metrics.Select(metric => (metric.Name, metric.Unit)).Should().BeEquivalentTo(Instruments.All.Select(instrument => (instrument.Name, instrument.Unit ?? "")));
        foreach (var (name, tags) in Instruments.Tags)
            metrics.Single(metric => metric.Name == name).Points.SelectMany(point => point.Keys).Distinct().Should().BeEquivalentTo(["client", .. tags], $"of {name}");
    }

    [Fact]
    public async Task ValuesAreThoseOfTheRun()
    {
        var exported = new List<MetricSnapshot>();
        using var meters = OpenTelemetry.Sdk.CreateMeterProviderBuilder().AddMeter("ProgressiveDelivery.Sdk").AddInMemoryExporter(exported).Build();
        await using var shop = new Shop(static _ => { });
        await shop.RunAsync();

        meters.ForceFlush();

        var metrics = ExportedMetric.Of(exported, shop.Name);
        double? Value(string name, params (string Key, string Value)[] tags) => metrics.Single(metric => metric.Name == name).ValueOf(tags);
        Value("progressive_delivery.evaluations", ("flag", "new-checkout"), ("variant", "on"), ("reason", "targeting_match")).Should().Be(1);
        Value("progressive_delivery.unknown_flags").Should().Be(1);
        Value("progressive_delivery.snapshot.version").Should().Be(2);
        Value("progressive_delivery.failovers", ("source", shop.Address)).Should().Be(1);
        Value("progressive_delivery.stream.state", ("source", shop.Address), ("state", "open")).Should().Be(1);
        Value("progressive_delivery.stream.state", ("source", shop.Address), ("state", "closed")).Should().Be(0);
        Value("progressive_delivery.refreshes", ("result", "failed")).Should().Be(1);
        Value("progressive_delivery.refreshes", ("result", "applied")).Should().Be(2);
        Value("progressive_delivery.events.lost", ("sink", "warehouse"), ("cause", "invalid")).Should().Be(2);
        Value("progressive_delivery.guard.trips", ("flag", "banner"), ("guard", "errors"), ("response", "revert")).Should().Be(1);
        Value("progressive_delivery.guard.tripped", ("flag", "banner"), ("guard", "errors"), ("response", "revert")).Should().Be(1);
        Value("progressive_delivery.ramps.paused").Should().Be(0);
        Value("progressive_delivery.quarantined").Should().Be(0);
        Value("progressive_delivery.migration.operations", ("migration", "customers"), ("operation", "read"), ("side", "new"), ("stage", "live"), ("result", "failed")).Should().Be(1);
        Value("progressive_delivery.migration.checks", ("migration", "customers"), ("result", "equal")).Should().Be(1);
        Value("progressive_delivery.migration.fallbacks", ("migration", "customers")).Should().Be(1);
        Value("progressive_delivery.migration.safe_stages", ("migration", "customers")).Should().Be(2);
        Value("progressive_delivery.executions", ("flag", "checkout-page"), ("variant", "on"), ("result", "ok")).Should().Be(1);
        Value("progressive_delivery.executions", ("flag", "checkout-page"), ("variant", "on"), ("result", "failed")).Should().Be(1);
        Value("progressive_delivery.execution.fallbacks", ("flag", "checkout-page"), ("variant", "on")).Should().Be(1);
    }

    [Fact]
    public async Task EvaluationIsALogRecordWithTheNameAndAttributesOfTheConventions()
    {
        var records = new Gathered<LogRecord>();
        await using var shop = new Shop(logs => logs.AddInMemoryExporter(records));
        await shop.RunAsync();

        var events = records.All.Where(record => record.EventId.Name == "feature_flag.evaluation").ToList();
        events.Should().HaveCount(7).And.OnlyContain(record => record.CategoryName == "ProgressiveDelivery.Sdk.Evaluations");
        Attributes(events[0]).Should().Equal(new Dictionary<string, object?>
        {
            ["feature_flag.key"] = "new-checkout",
            ["feature_flag.provider.name"] = "ProgressiveDelivery.Sdk",
            ["feature_flag.set.id"] = shop.Name,
            ["feature_flag.version"] = "2",
            ["feature_flag.result.variant"] = "on",
            ["feature_flag.result.reason"] = "targeting_match",
        });
        Attributes(events[1]).Should().Contain(new Dictionary<string, object?>
        {
            ["feature_flag.key"] = "missing",
            ["feature_flag.result.value"] = "else",
            ["feature_flag.result.reason"] = "error",
            ["error.type"] = "flag_not_found",
        }).And.ContainKey("feature_flag.error.message").And.NotContainKey("feature_flag.result.variant");
    }

    [Fact]
    public async Task VariantIsATagOfTheRequestAndTheEventBelongsToItsTrace()
    {
        var (spans, records) = (new Gathered<Activity>(), new Gathered<LogRecord>());
        using var tracing = OpenTelemetry.Sdk.CreateTracerProviderBuilder().AddSource(Shop.Requests.Name).AddInMemoryExporter(spans).Build();
        await using var shop = new Shop(logs => logs.AddInMemoryExporter(records));
        await shop.RunAsync();

        var known = records.All.Single(record => record.EventId.Name == "feature_flag.evaluation" && Equals(Attributes(record)["feature_flag.key"], "new-checkout"));
        var request = spans.All.Single(span => span.SpanId == known.SpanId);
        request.GetTagItem("feature_flag.new-checkout").Should().Be("on");
        known.TraceId.Should().Be(request.TraceId);
    }

    [Fact]
    public async Task RefreshIsARootSpanAndTheRequestToTheBackendItsChild()
    {
        var spans = new Gathered<Activity>();
        using var tracing = OpenTelemetry.Sdk.CreateTracerProviderBuilder().AddSource("ProgressiveDelivery.Sdk", "System.Net.Http").AddInMemoryExporter(spans).Build();
        using var server = new ScriptedHttpServer().Otherwise(Reply.Ok("""{"schema":"progressive-delivery/1","version":1,"flags":{}}"""));
        var name = $"polled-{Guid.NewGuid():N}";
        await using var services = new ServiceCollection()
            .AddProgressiveDelivery(name, client => client.FromHttp(server.Address.ToString())
                .ConfigureHttpClient(http => http.ConfigurePrimaryHttpMessageHandler(static () => new SocketsHttpHandler { UseProxy = false })))
            .BuildServiceProvider();
        await services.GetRequiredKeyedService<IFeatureClient>(name).WaitUntilReadyAsync(Until.Patience);
        Activity? Refresh() => spans.All.FirstOrDefault(span => Equals(span.GetTagItem("progressive_delivery.client"), name));
        await Until.HoldsAsync(() => Refresh() is not null);

        var refresh = Refresh()!;
        (refresh.OperationName, refresh.Parent, refresh.GetTagItem("progressive_delivery.result"), refresh.GetTagItem("progressive_delivery.version")).Should().Be(("progressive_delivery.refresh", null, "applied", 1L));
        var request = spans.All.Should().ContainSingle(span => span.ParentSpanId == refresh.SpanId).Subject;
        request.GetTagItem("url.full").Should().Be(server.Address.ToString());
        request.StartTimeUtc.Should().BeOnOrAfter(refresh.StartTimeUtc);
    }

    private static Dictionary<string, object?> Attributes(LogRecord record) => record.Attributes!.ToDictionary(attribute => attribute.Key, attribute => attribute.Value);
}

using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.DependencyInjection;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Tests.Refresh;
using ProgressiveDelivery.Sdk.Tests.Reporting;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Observation;

/// <summary>Evaluations by flag, variant and reason, on the meter.</summary>
public sealed class EvaluationMetricTests : IAsyncDisposable
{
    private static readonly EvaluationContext Ada = new("ada") { ["plan"] = "pro" };

    private readonly TurnTime _clock = new(Some.Monday);
    private readonly NotedReporter _reporter = new();
    private ServiceProvider? _services;

    public ValueTask DisposeAsync() => _services?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task EveryAnswerIsCountedUnderItsVariantAndReason()
    {
        var client = await StartAsync(
            flags => flags.CountEvaluations(),
            Some.Flag("constant"),
            Some.Flag("ruled").When(Some.Equal("plan", "pro")),
            Some.Text("text", "red"),
            Some.Flag("off") with { Enabled = false, OffVariant = "off" });

        client.IsEnabled("constant", Ada);
        client.IsEnabled("ruled", Ada);
        client.EvaluateBoolean("ruled", Ada);
        client.IsEnabled("ruled", EvaluationContext.Empty);
        client.GetString("text", Ada, null);
        client.GetInteger("text", Ada, 7);
        client.EvaluateBoolean("text", Ada);
        client.IsEnabled("off", Ada);
        client.IsEnabled("unknown", Ada);
        client.Explain("ruled", Ada);

        Observed().Should().BeEquivalentTo([
            ("constant", "off", "default", 1L), ("ruled", "on", "targeting_match", 2L), ("ruled", "off", "default", 1L),
            ("text", "red", "default", 1L), ("text", null, "error", 2L), ("off", "off", "disabled", 1L)]);
    }

    [Fact]
    public async Task CountsOutliveTheirRulesAndReportsOfUsage()
    {
        var source = new InMemorySnapshotSource(Some.Snapshot(Some.Flag()));
        var client = await StartAsync(flags => flags.From(_ => source).CountEvaluations().ReportUsageTo(_ => _reporter));
        client.IsEnabled("flag", Ada);
        await _clock.TakeTurnsAsync(1);
        source.Set(Some.Snapshot(Some.Flag() with { Default = "on" }) with { Version = 2 });
        await Until.HoldsAsync(() => client.Status.SnapshotVersion == 2);
        client.IsEnabled("flag", Ada);
        client.IsEnabled("flag", Ada);

        Observed().Should().BeEquivalentTo([("flag", "off", "default", 1L), ("flag", "on", "default", 2L)]);
        Observed().Should().HaveCount(2, "observing takes nothing away");
        await _clock.TakeTurnsAsync(1);
        _reporter.Reports.SelectMany(report => report.Flags.Single().Variants).Select(variant => (variant.Variant, variant.Count)).Should().Equal(("off", 1L), ("on", 2L));
    }

    [Fact]
    public async Task CountingAllocatesNothingWithAListener()
    {
        var client = await StartAsync(flags => flags.CountEvaluations(), Some.Flag("ruled").When(Some.Equal("plan", "pro")));
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, listening) => listening.EnableMeasurementEvents(instrument);
        listener.Start();

        Allocated.By(() => client.IsEnabled("ruled", Ada)).Should().Be(0);
    }

    [Fact]
    public async Task EvaluationsAreNotCountedUnlessWanted()
    {
        var client = await StartAsync(static _ => { }, Some.Flag());
        client.IsEnabled("flag", Ada);

        Observed().Should().BeEmpty();
    }

    private async Task<IFeatureClient> StartAsync(Action<ProgressiveDeliveryBuilder> configure, params FlagDefinition[] flags)
    {
        _services = new ServiceCollection().AddMetrics().AddSingleton<TimeProvider>(_clock)
            .AddProgressiveDelivery(client =>
            {
                if (flags.Length > 0)
                    client.FromSnapshot(Some.Snapshot(flags));
                configure(client);
            }).BuildServiceProvider();
        var client = _services.GetRequiredService<IFeatureClient>();
        await client.WaitUntilReadyAsync();
        return client;
    }

    private List<(string Flag, string? Variant, string Reason, long Count)> Observed()
    {
        using var collector = new MetricCollector<long>(_services!.GetRequiredService<IMeterFactory>(), "ProgressiveDelivery.Sdk", "progressive_delivery.evaluations");
        collector.RecordObservableInstruments();
        return [.. collector.GetMeasurementSnapshot().Select(one => ((string)one.Tags["flag"]!, (string?)one.Tags.GetValueOrDefault("variant"), (string)one.Tags["reason"]!, one.Value))];
    }
}

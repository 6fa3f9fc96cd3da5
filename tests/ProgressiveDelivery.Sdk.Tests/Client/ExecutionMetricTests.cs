using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Time.Testing;
using ProgressiveDelivery.Sdk.Sources;
using static ProgressiveDelivery.Sdk.Tests.Client.ExecutionUnderTest;

namespace ProgressiveDelivery.Sdk.Tests.Client;

/// <summary>A client's meter has calls by flag, variant and result, their time, and the fallbacks to control.</summary>
public sealed class ExecutionMetricTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new(Some.Monday);
    private readonly ServiceProvider _services;

    public ExecutionMetricTests() => _services = new ServiceCollection().AddMetrics().AddSingleton<TimeProvider>(_time)
        .AddProgressiveDelivery("shop", flags => flags.From(_ => new InMemorySnapshotSource(Some.Snapshot(Flag("on"))))).BuildServiceProvider();

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    [Fact]
    public async Task CallsAndFallbacksAreReadWhenTheyAreCollected()
    {
        var features = await StartAsync();
        using var calls = Collector<long>("executions");
        using var fallbacks = Collector<long>("execution.fallbacks");

        for (var i = 0; i < 3; i++)
            features.Execute(Checkout, Ada, _ => i == 0 ? throw new IOException("down") : "treatment", static _ => "control", new() { FallsBackToControl = true });
        calls.RecordObservableInstruments();
        fallbacks.RecordObservableInstruments();

        calls.GetMeasurementSnapshot().Select(one => (one.Tags["client"], one.Tags["flag"], one.Tags["variant"], one.Tags["result"], one.Value))
            .Should().Equal(("shop", "checkout", "on", "ok", 2), ("shop", "checkout", "on", "failed", 1), ("shop", "checkout", "on", "canceled", 0));
        fallbacks.GetMeasurementSnapshot().Select(one => (one.Tags["flag"], one.Tags["variant"], one.Value)).Should().Equal(("checkout", "on", 1));
    }

    [Fact]
    public async Task TimeIsMeasuredForAListener()
    {
        var features = await StartAsync();
        features.Execute(Checkout, Ada, static _ => 1, static _ => 2);
        using var duration = Collector<double>("execution.duration");

        features.Execute(Checkout, Ada, _ => { _time.Advance(TimeSpan.FromMilliseconds(250)); return 1; }, static _ => 2);

        var measured = duration.GetMeasurementSnapshot().Single();
        measured.Value.Should().Be(0.25);
        measured.Tags.Should().BeEquivalentTo(new Dictionary<string, object?> { ["client"] = "shop", ["flag"] = "checkout", ["variant"] = "on" });
    }

    [Fact]
    public async Task ListenerThatThrowsCostsItsMeasurementAlone()
    {
        var features = await StartAsync();
        using var listener = new MeterListener { InstrumentPublished = static (instrument, all) => { if (instrument.Name.EndsWith("execution.duration", StringComparison.Ordinal)) all.EnableMeasurementEvents(instrument); } };
        listener.SetMeasurementEventCallback<double>(static (_, _, _, _) => throw new InvalidOperationException("deaf"));
        listener.Start();

        features.Execute(Checkout, Ada, static _ => 1, static _ => 2).Should().Be(1);
    }

    private async Task<IFeatureClient> StartAsync()
    {
        var features = _services.GetRequiredKeyedService<IFeatureClient>("shop");
        await features.WaitUntilReadyAsync();
        return features;
    }

    private MetricCollector<T> Collector<T>(string name)
        where T : struct => new(_services.GetRequiredService<IMeterFactory>(), "ProgressiveDelivery.Sdk", $"progressive_delivery.{name}", _time);
}

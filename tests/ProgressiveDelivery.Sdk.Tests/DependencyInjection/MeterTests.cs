using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using ProgressiveDelivery.Sdk.Client;
using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Tests.Refresh;
using static ProgressiveDelivery.Sdk.Tests.Refresh.ScriptedSource;

namespace ProgressiveDelivery.Sdk.Tests.DependencyInjection;

public sealed class MeterTests : IDisposable
{
    private readonly WatchedTime _time = new();
    private readonly ScriptedSource _source = new();
    private readonly ServiceProvider _provider;

    public MeterTests() => _provider = new ServiceCollection()
        .AddMetrics()
        .AddSingleton<TimeProvider>(_time)
        .AddProgressiveDelivery("shop", client => client.From(_ => _source))
        .BuildServiceProvider();

    public void Dispose() => _provider.Dispose();

    [Fact]
    public async Task RefreshesAreCountedByResult()
    {
        using var refreshes = Collector<long>("progressive_delivery.refreshes");

        await PlayAsync(Document(ClientUnderTest.Document(1)), Current(), Document("{"), Throw(new IOException()), Throw(new IOException()));

        refreshes.GetMeasurementSnapshot().Select(one => one.Tags["result"]).Should().Equal("applied", "unchanged", "refused", "failed", "failed");
        refreshes.GetMeasurementSnapshot().Should().OnlyContain(one => (string)one.Tags["client"]! == "shop");
    }

    [Fact]
    public async Task VersionAgeAndUnknownFlagsAreObserved()
    {
        using var version = Collector<long>("progressive_delivery.snapshot.version");
        using var age = Collector<double>("progressive_delivery.snapshot.age");
        using var unknown = Collector<long>("progressive_delivery.unknown_flags");
        await PlayAsync(Document(ClientUnderTest.Document(7)));
        _time.Advance(TimeSpan.FromSeconds(12));
        Client.IsEnabled("g", EvaluationContext.Empty);
        Client.IsEnabled("g", EvaluationContext.Empty);

        version.RecordObservableInstruments();
        age.RecordObservableInstruments();
        unknown.RecordObservableInstruments();

        version.LastMeasurement!.Value.Should().Be(7);
        age.LastMeasurement!.Value.Should().Be(12);
        unknown.LastMeasurement!.Value.Should().Be(2);
    }

    [Fact]
    public async Task PropagationIsMeasuredFromPublicationToForce()
    {
        using var propagation = Collector<double>("progressive_delivery.propagation");

        await PlayAsync(Published(1, "2026-06-01T11:00:00Z"), Published(2, "2026-06-01T11:59:48Z"), Current(), Document(ClientUnderTest.Document(3)), Published(4, "2026-06-01T12:00:09Z"));

        propagation.GetMeasurementSnapshot().Select(one => one.Value).Should().Equal([12, 0], "neither the first of a run, nor one without publication, counts; and no clock runs backwards");
        propagation.GetMeasurementSnapshot().Should().OnlyContain(one => one.Tags.Count == 1 && (string)one.Tags["client"]! == "shop");
    }

    [Fact]
    public async Task StalenessIsObservedWhileThereAreRules()
    {
        using var stale = Collector<int>("progressive_delivery.stale");

        stale.RecordObservableInstruments();
        await PlayAsync(Document(ClientUnderTest.Document(1)));
        stale.RecordObservableInstruments();
        await PlayAsync(Throw(new IOException()));
        stale.RecordObservableInstruments();

        stale.GetMeasurementSnapshot().Select(one => one.Value).Should().Equal(0, 1);
        stale.GetMeasurementSnapshot().Should().OnlyContain(one => one.Tags.Count == 1 && (string)one.Tags["client"]! == "shop");
    }

    [Fact]
    public async Task TripsAreCountedAndThoseThatHoldAreObserved()
    {
        using var trips = Collector<long>("progressive_delivery.guard.trips");
        using var tripped = Collector<int>("progressive_delivery.guard.tripped");
        using var paused = Collector<long>("progressive_delivery.ramps.paused");
        await PlayAsync(Document(ClientUnderTest.Document(1)));
        var canary = ((FeatureClient)Client).Canary;
        canary.Trip(Guarded.Trip());
        canary.Trip(Guarded.Trip());
        canary.Trip(Guarded.Trip("latency") with { Response = GuardResponse.Pause, Served = null });
        canary.Trip(Guarded.Trip("mood") with { Response = GuardResponse.Warn, Served = null });
        canary.Move(Guarded.Position(5, isPaused: true));
        canary.Move(Guarded.Position(25, rule: null));

        tripped.RecordObservableInstruments();
        paused.RecordObservableInstruments();

        trips.GetMeasurementSnapshot().Select(one => (one.Value, one.Tags["client"], one.Tags["flag"], one.Tags["guard"], one.Tags["response"])).Should().Equal(
            (1, "shop", "f", "errors", "revert"), (1, "shop", "f", "latency", "pause"), (1, "shop", "f", "mood", "warn"));
        tripped.GetMeasurementSnapshot().Select(one => (one.Value, one.Tags["guard"], one.Tags["response"])).Should().Equal((1, "errors", "revert"), (1, "latency", "pause"));
        paused.LastMeasurement!.Value.Should().Be(1);
    }

    [Fact]
    public void WithoutMetersAClientWorksAsWell()
    {
        using var provider = new ServiceCollection().AddProgressiveDelivery(client => client.From(_ => _source)).BuildServiceProvider();

        provider.GetRequiredService<IFeatureClient>().Status.State.Should().Be(FeatureClientState.NotReady);
    }

    private static Turn Published(long version, string at) => Document(ClientUnderTest.Document(version, more: $"\"publishedAt\": \"{at}\","));

    private IFeatureClient Client => _provider.GetRequiredKeyedService<IFeatureClient>("shop");

    private MetricCollector<T> Collector<T>(string instrument)
        where T : struct => new(_provider.GetRequiredService<IMeterFactory>(), "ProgressiveDelivery.Sdk", instrument);

    private async Task PlayAsync(params Turn[] turns)
    {
        _ = Client.WaitUntilReadyAsync(TimeSpan.Zero);
        foreach (var turn in turns)
            await _time.WithoutPausesAsync(() => _source.PlayAsync(turn));
    }
}

using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using ProgressiveDelivery.Sdk.DependencyInjection;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Tests.Refresh;
using static ProgressiveDelivery.Sdk.Tests.Refresh.ScriptedSource;

namespace ProgressiveDelivery.Sdk.Tests.DependencyInjection;

/// <summary>The meter's view of the rules in force, and of the streams that bring them.</summary>
public sealed class SourceMeterTests : IAsyncDisposable
{
    private const string StreamState = "progressive_delivery.stream.state";

    private readonly WatchedTime _time = new();
    private readonly ScriptedSource _source = new("stream");
    private ServiceProvider? _services;

    public ValueTask DisposeAsync() => _services?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task QuarantinedFlagsOfTheRulesInForceAreObserved()
    {
        Register(client => client.From(_ => _source));
        var before = Measurements<long>("progressive_delivery.quarantined");
        await PlayAsync(Document(WithBroken(1, 2)));
        var broken = Measurements<long>("progressive_delivery.quarantined");
        await PlayAsync(Document(ClientUnderTest.Document(2)));
        var mended = Measurements<long>("progressive_delivery.quarantined");

        before.Concat(broken).Concat(mended).Select(one => one.Value).Should().Equal(0, 2, 0);
        broken.Single().Tags.Should().Equal(new Dictionary<string, object?> { ["client"] = "shop" });
    }

    [Fact]
    public async Task StreamIsOpenWhileItBringsEventsAndReconnectingAfterAFault()
    {
        Register(client => client.From(_ => new StreamingSource(_source)));
        var states = new List<string> { State() };
        foreach (var turn in new[] { Document(ClientUnderTest.Document(1)), Throw(new IOException()), Document(ClientUnderTest.Document(2)), Document("{"), Document(ClientUnderTest.Document(3)) })
        {
            await PlayAsync(turn);
            states.Add(State());
        }

        await ((IAsyncDisposable)Client).DisposeAsync().AsTask().WaitAsync(Until.Patience);
        states.Add(State());

        states.Should().Equal("closed", "open", "reconnecting", "open", "reconnecting", "open", "closed");
    }

    [Fact]
    public async Task StreamIsBeingOpenedUntilItsFirstEvent()
    {
        Register(client => client.From(_ => new StreamingSource(_source)));
        _ = Client.WaitUntilReadyAsync(TimeSpan.Zero);
        await _source.NextReadAsync();

        State().Should().Be("reconnecting");
    }

    [Fact]
    public async Task StreamThatFailedOverIsClosed()
    {
        var replica = new ScriptedSource("replica");
        Register(client => client.From(_ => new StreamingSource(_source)).From(_ => replica));
        _source.Then(Throw(new SnapshotSourceException("Down.")));
        replica.Then(Document(ClientUnderTest.Document(1)));
        await Client.WaitUntilReadyAsync(TimeSpan.FromSeconds(30));

        State().Should().Be("closed");
    }

    [Fact]
    public async Task SourceWithoutAStreamHasNoState()
    {
        Register(client => client.From(_ => _source));
        await PlayAsync(Document(ClientUnderTest.Document(1)));

        Measurements<int>(StreamState).Should().BeEmpty();
    }

    private static string WithBroken(long version, int count) => $$"""
        {"schema": "progressive-delivery/1", "version": {{version}},
         "flags": {"f": {"type": "boolean", "variants": {"on": true, "off": false}, "default": "on"}, "g": {"type": "boolean", "variants": {"on": true}, "default": "on"},
                   {{string.Join(",", Enumerable.Range(1, count).Select(number => $$"""
                   "broken-{{number}}": {"type": "boolean", "variants": {"on": true}, "default": "undefined"}
                   """))}} } }
        """;

    private IFeatureClient Client => _services!.GetRequiredKeyedService<IFeatureClient>("shop");

    private void Register(Action<ProgressiveDeliveryBuilder> configure)
    {
        _services = new ServiceCollection().AddMetrics().AddSingleton<TimeProvider>(_time)
            .AddProgressiveDelivery("shop", client => configure(client.Configure(options => options.MaxQuarantinedShare = 1))).BuildServiceProvider();
        _ = Client;
    }

    private async Task PlayAsync(Turn turn)
    {
        _ = Client.WaitUntilReadyAsync(TimeSpan.Zero);
        await _time.WithoutPausesAsync(() => _source.PlayAsync(turn));
    }

    // The one state that is 1, of all three.
    private string State()
    {
        var states = Measurements<int>(StreamState);
        states.Select(one => ((string)one.Tags["client"]!, (string)one.Tags["source"]!)).Distinct().Should().Equal(("shop", "stream"));
        states.Select(one => (string)one.Tags["state"]!).Should().BeEquivalentTo("open", "reconnecting", "closed");
        return (string)states.Single(one => one.Value == 1).Tags["state"]!;
    }

    private IReadOnlyList<CollectedMeasurement<T>> Measurements<T>(string instrument)
        where T : struct
    {
        using var collector = new MetricCollector<T>(_services!.GetRequiredService<IMeterFactory>(), "ProgressiveDelivery.Sdk", instrument);
        collector.RecordObservableInstruments();
        return collector.GetMeasurementSnapshot();
    }
}

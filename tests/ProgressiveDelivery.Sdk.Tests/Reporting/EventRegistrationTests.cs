using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.Client;
using ProgressiveDelivery.Sdk.DependencyInjection;
using ProgressiveDelivery.Sdk.Reporting;
using ProgressiveDelivery.Sdk.Telemetry;
using ProgressiveDelivery.Sdk.Tests.Refresh;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Reporting;

public sealed class EventRegistrationTests : IAsyncDisposable
{
    private readonly EventTime _clock = new();
    private ServiceProvider? _services;

    public ValueTask DisposeAsync() => _services?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public void ClientWithoutSinkHasNoPipeline()
    {
        var client = Client(_ => { });

        client.Events.Should().BeNull();
        client.Status.EventSinks.Should().BeEmpty();
    }

    [Fact]
    public async Task EverySinkGetsTheEventsWhenTheClientEnds()
    {
        var (one, two) = (new InMemoryEventSink(), new InMemoryEventSink());
        var client = Client(flags => flags.SendEventsTo(one).SendEventsTo(_ => two).SendEventsTo<OwnSink>());
        var own = _services!.GetRequiredService<OwnSink>();

        client.Events!.TryEnqueue(SomeEvents.Exposure("a")).Should().BeTrue();
        await _services!.DisposeAsync();

        one.Events.Should().ContainSingle();
        two.Batches.Should().ContainSingle();
        own.Received.Should().Be(1);
        client.Status.EventSinks.Select(sink => (sink.Sink, sink.Sent)).Should().Equal(("memory", 1), ("memory (2)", 1), ("own", 1));
    }

    [Fact]
    public async Task StartedClientSendsAndItsFlushDoesToo()
    {
        var sink = new InMemoryEventSink();
        var client = Client(flags => flags.SendEventsTo(sink));
        await client.WaitUntilReadyAsync();

        client.Events!.TryEnqueue(SomeEvents.Exposure("a"));
        await client.FlushAsync();

        sink.Events.Should().ContainSingle();
    }

    [Fact]
    public async Task WhatBecomesOfEventsIsMeasured()
    {
        var busy = new TaskCompletionSource();
        var sink = new ScriptedEventSink { OnSend = (_, _) => new(busy.Task) };
        var client = Client(flags => flags.SendEventsTo(sink).ConfigureEvents(events => events.Capacity = 1));
        client.Events!.TryEnqueue(SomeEvents.Exposure("a"));
        client.Events!.TryEnqueue(SomeEvents.Exposure("b"));
        client.Events!.TryEnqueue(SomeEvents.Outcome("c", double.NaN));

        Measured("queued").Should().Equal("2 client=default sink=scripted");
        Measured("aggregated").Should().Equal("1 client=default sink=scripted");
        Measured("lost").Should().Equal("1 cause=invalid client=default sink=scripted");
        Measured("sent").Should().Equal("0 client=default sink=scripted");
        Measured("deferred").Should().Equal("0 client=default sink=scripted");
        busy.SetResult();
        await client.DisposeAsync();
        Measured("sent").Should().Equal("2 client=default sink=scripted");
    }

    [Fact]
    public async Task SpillOutlivesTheClientAndIsMeasured()
    {
        using var folder = new TempFolder();
        var away = new ScriptedEventSink { OnSend = (_, _) => throw new EventSinkException("401.") { Kind = EventSinkFaultKind.AccessDenied } };
        var client = Client(flags => flags.SendEventsTo(away).ConfigureEvents(events => events.SpillFolder = folder.Path));
        client.Events!.TryEnqueue(SomeEvents.Exposure("a"));
        client.Events!.TryEnqueue(SomeEvents.Outcome("o"));
        await client.DisposeAsync();

        Measured("spilled").Should().Equal("2 client=default sink=scripted");
        Measured("spill_size").Single().Should().StartWith($"{new FileInfo(Directory.GetFiles(folder.Path, "*.jsonl").Single()).Length} ");
        Measured("queued").Should().Equal("2 client=default sink=scripted");
        await _services!.DisposeAsync();
        var back = new ScriptedEventSink();
        client = Client(flags => flags.SendEventsTo(back).ConfigureEvents(events => events.SpillFolder = folder.Path));
        await client.WaitUntilReadyAsync();
        await Until.HoldsAsync(() => client.Status.EventSinks.Single().Sent == 2);

        back.Ids.Should().Equal("a", "o");
        Measured("recovered").Should().Equal("2 client=default sink=scripted");
        Measured("spilled").Should().Equal("0 client=default sink=scripted");
        await client.DisposeAsync();
        Directory.GetFiles(folder.Path).Should().BeEmpty();
    }

    [Fact]
    public void OptionsAreChecked()
    {
        var act = () => Client(flags => flags.SendEventsTo(new InMemoryEventSink()).ConfigureEvents(events =>
        {
            (events.Capacity, events.MaxQueuedBytes, events.MaxBatchEvents, events.MaxBatchBytes) = (0, 1, 0, 1);
            (events.FlushInterval, events.AttemptTimeout, events.AccessDeniedPause) = (TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero);
            (events.MaxRetryTime, events.ShutdownDeadline) = (TimeSpan.Zero, TimeSpan.FromTicks(-1));
            (events.SpillFolder, events.MaxSpillBytes) = (" ", 1_048_575);
        }));

        act.Should().Throw<OptionsValidationException>().Which.Failures.Should().HaveCount(11)
            .And.Contain("Client 'default': EventPipelineOptions: Property Capacity: '0' is out of range; give 1 to 1000000.");
    }

    [Fact]
    public void OptionsOfSinksAreCheckedTogether()
    {
        var act = () => Client(flags => flags
            .SendEventsToHttp("collect")
            .SendEventsToHttp(http => (http.HttpClientName, http.RequestTimeout, http.Headers["a b"], http.Format) = (null!, TimeSpan.Zero, "x", (EventFormat)7))
            .SendEventsToFile(file => (file.Path, file.MaxFileBytes, file.RollInterval, file.MaxTotalBytes) = ("events/", 1, TimeSpan.Zero, 0)));

        act.Should().Throw<OptionsValidationException>().Which.Failures.Should().HaveCount(10)
            .And.Contain("Client 'default': HttpEventSinkOptions: Property Address: it is not an absolute address; give one such as https://flags.example.com/snapshot.")
            .And.Contain("Client 'default': sink 2 (SendEventsToHttp): HttpEventSinkOptions: Property Address: it is missing; give the address that events are posted to.")
            .And.Contain("Client 'default': sink 3 (SendEventsToFile): FileEventSinkOptions: Property Path: it names no file; give a folder and the beginning of the files' names, such as events/shop.");
    }

    [Fact]
    public async Task BuiltInSinksWorkSideBySide()
    {
        using var folder = new TempFolder();
        using var server = new ScriptedHttpServer().Then(Reply.Status("202 Accepted"));
        var client = Client(flags => flags.SendEventsToFile(folder.File("shop")).SendEventsToHttp($"{server.Address}").SendEventsToLogger());

        client.Events!.TryEnqueue(SomeEvents.Exposure("a"));
        await client.DisposeAsync();

        client.Status.EventSinks.Select(sink => sink.Sent).Should().Equal(1, 1, 1);
        (await server.RequestAsync())["Content-Type"].Should().Be("application/x-ndjson");
        (await File.ReadAllTextAsync(Directory.GetFiles(folder.Path).Single())).Should().Contain("\"id\":\"a\"");
        _services!.GetFakeLogCollector().GetSnapshot().Should().ContainSingle(record => record.Category == "ProgressiveDelivery.Sdk.Events");
    }

    [Fact]
    public void SinkThatIsNullIsReported() =>
        FluentActions.Invoking(() => Client(flags => flags.SendEventsTo(_ => null!))).Should().Throw<InvalidOperationException>().WithMessage("*SendEventsTo*null*");

    private FeatureClient Client(Action<ProgressiveDeliveryBuilder> configure)
    {
        _services = new ServiceCollection()
            .AddSingleton<TimeProvider>(_clock)
            .AddMetrics()
            .AddLogging(logging => logging.AddFakeLogging())
            .AddProgressiveDelivery(flags => configure(flags.FromSnapshot(Some.Snapshot(Some.Flag("f")))))
            .BuildServiceProvider();
        return (FeatureClient)_services.GetRequiredService<IFeatureClient>();
    }

    private string[] Measured(string name)
    {
        using var collector = new MetricCollector<long>(_services!.GetRequiredService<IMeterFactory>(), FeatureMeter.Name, $"progressive_delivery.events.{name}");
        collector.RecordObservableInstruments();
        return [.. collector.GetMeasurementSnapshot().Select(one => $"{one.Value} {string.Join(' ', one.Tags.OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => $"{tag.Key}={tag.Value}"))}")];
    }

    private sealed class OwnSink : IEventSink
    {
        public int Received { get; private set; }

        public string Name => "own";

        public ValueTask SendAsync(EventBatch batch, CancellationToken cancellationToken)
        {
            Received += batch.Events.Count;
            return default;
        }
    }
}

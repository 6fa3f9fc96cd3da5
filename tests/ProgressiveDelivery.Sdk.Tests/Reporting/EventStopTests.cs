using ProgressiveDelivery.Sdk.Reporting;
using ProgressiveDelivery.Sdk.Tests.Refresh;

namespace ProgressiveDelivery.Sdk.Tests.Reporting;

public sealed class EventStopTests : IAsyncDisposable
{
    private readonly EventPipelineFixture _events = new();
    private readonly ScriptedEventSink _sink = new();

    public ValueTask DisposeAsync() => _events.DisposeAsync();

    [Fact]
    public async Task HealthySinkGetsEverythingAtTheEnd()
    {
        _events.Start(_sink);
        for (var i = 0; i < 10_000; i++)
            _events.Enqueue($"{i}");

        await _events.Pipeline.StopAsync();

        _events.Status.Should().BeEquivalentTo(new EventSinkStatus { Sink = "scripted", Sent = 10_000 });
        _events.Warnings.Should().BeEmpty();
    }

    [Fact]
    public async Task PipelineThatWasNeverStartedSendsAtTheEndToo()
    {
        _events.Make(_sink);
        _events.Enqueue("a");

        await _events.Pipeline.StopAsync();

        _sink.Ids.Should().Equal("a");
    }

    [Fact]
    public async Task SlowSinkGetsWhatFitsIntoTheDeadline()
    {
        _events.Options.MaxBatchEvents = 10;
        _sink.OnSend = (_, token) => new(Task.Delay(_sink.Calls.Count > 2 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(2), _events.Clock, token));
        _events.Make(_sink);
        for (var i = 0; i < 50; i++)
            _events.Enqueue($"{i}");

        var stop = _events.Pipeline.StopAsync();
        await _events.PassAsync(() => _sink.Calls.Count >= 3);
        await _events.PassAsync(stop, _events.Options.ShutdownDeadline);

        var status = _events.Status;
        (status.Sent, status.Lost, status.Queued).Should().Be((20L, 30L, 0L));
        status.LostByCause.Keys.Should().Equal(EventLossCause.Shutdown);
        _events.Warnings.Single().Should().StartWith($"Client shop: the client has ended, and {status.Lost} events for scripted were not delivered within 00:00:05. They are lost.");
    }

    [Fact]
    public async Task DeadSinkCostsTheDeadlineAndEveryEventIsCounted()
    {
        _sink.OnSend = (_, _) => new(new TaskCompletionSource().Task);
        _events.Start(_sink);
        for (var i = 0; i < 10_000; i++)
            _events.Enqueue($"{i}");

        var stop = _events.Pipeline.StopAsync();
        await _events.PassAsync(stop, _events.Options.ShutdownDeadline);

        _events.Status.LostByCause.Should().Equal(new Dictionary<EventLossCause, long> { [EventLossCause.Shutdown] = 10_000 });
        (_events.Clock.GetUtcNow() - Some.Monday).Should().BeLessThanOrEqualTo(_events.Options.FlushInterval + _events.Options.ShutdownDeadline);
    }

    [Fact]
    public async Task SinkThatRecoversWithinTheDeadlineGetsTheRest()
    {
        _sink.Failing(4, () => new EventSinkException("503.") { RetryAfter = TimeSpan.FromHours(1) });
        _events.Options.ShutdownDeadline = TimeSpan.FromMinutes(1);
        _events.Make(_sink);
        _events.Enqueue("a");

        await _events.PassAsync(_events.Pipeline.StopAsync());

        _sink.Ids.Should().Equal("a");
    }

    [Fact]
    public async Task SinkThatDeniesAccessIsNotWaitedForAtTheEnd()
    {
        _sink.OnSend = (_, _) => throw new EventSinkException("401.") { Kind = EventSinkFaultKind.AccessDenied };
        _events.Make(_sink);
        _events.Enqueue("a");

        await _events.Pipeline.StopAsync();

        _sink.Calls.Should().ContainSingle();
        _events.Status.LostByCause.Keys.Should().Equal(EventLossCause.Shutdown);
        _events.Warnings.Should().Contain(line => line.EndsWith("They are lost. 401.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task EventAfterTheEndIsCountedAsClosed()
    {
        _events.Start(_sink);
        await _events.Pipeline.StopAsync();

        _events.Pipeline.TryEnqueue(SomeEvents.Exposure("late")).Should().BeFalse();

        _events.Status.LostByCause.Should().Equal(new Dictionary<EventLossCause, long> { [EventLossCause.Closed] = 1 });
    }

    [Fact]
    public async Task FlushSendsWhatWaits()
    {
        _events.Start(_sink);
        await _events.Clock.BeganAsync(_events.Options.FlushInterval);
        _events.Enqueue("a");

        await _events.Pipeline.FlushAsync().WaitAsync(Until.Patience);

        _sink.Ids.Should().Equal("a");
    }

    [Fact]
    public async Task FlushOfASinkThatHangsEndsInTimeAndIsNotRepeated()
    {
        _sink.OnSend = (_, _) => new(new TaskCompletionSource().Task);
        _events.Start(_sink);
        await _events.Clock.BeganAsync(_events.Options.FlushInterval);
        _events.Enqueue("a");

        var first = _events.Pipeline.FlushAsync();
        await _sink.CalledAsync(1);
        first.IsCompleted.Should().BeFalse();
        _events.Clock.Advance(_events.Options.ShutdownDeadline);
        await first;

        _events.Pipeline.FlushAsync().IsCompletedSuccessfully.Should().BeTrue("the first one already took its time");
    }

    [Fact]
    public async Task OwnSinkIsDisposedAfterTheLastEventAndMayThrow()
    {
        var sink = new DisposableSink();
        _events.Start(sink);
        _events.Enqueue("a");

        await _events.Pipeline.StopAsync();

        sink.Log.Should().Equal("a", "disposed");
    }

    private sealed class DisposableSink : IEventSink, IDisposable
    {
        public List<string> Log { get; } = [];

        public string Name => throw new InvalidOperationException("No name.");

        public ValueTask SendAsync(EventBatch batch, CancellationToken cancellationToken)
        {
            Log.Add(batch.Events.Single().Id);
            return default;
        }

        public void Dispose()
        {
            Log.Add("disposed");
            throw new InvalidOperationException("It cannot be disposed.");
        }
    }
}

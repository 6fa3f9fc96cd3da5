using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.Reporting;
using ProgressiveDelivery.Sdk.Tests.Refresh;

namespace ProgressiveDelivery.Sdk.Tests.Reporting;

public sealed class EventPipelineTests : IAsyncDisposable
{
    private readonly EventPipelineFixture _events = new();
    private readonly ScriptedEventSink _sink = new();

    public ValueTask DisposeAsync() => _events.DisposeAsync();

    [Fact]
    public async Task EventsAreSentAfterTheInterval()
    {
        _events.Start(_sink);
        await _events.Clock.BeganAsync(_events.Options.FlushInterval);
        _events.Enqueue("a", "b");
        _sink.Calls.Should().BeEmpty();

        _events.Clock.Advance(_events.Options.FlushInterval);
        await _sink.DeliveredAsync(1);

        _sink.Ids.Should().Equal("a", "b");
        await Until.HoldsAsync(() => _events.Status.Sent == 2);
        _events.Status.Should().BeEquivalentTo(new EventSinkStatus { Sink = "scripted", Sent = 2 });
    }

    [Fact]
    public async Task FullBatchIsSentAtOnceAndTheRestWaits()
    {
        _events.Options.MaxBatchEvents = 2;
        _events.Start(_sink);
        await _events.Clock.BeganAsync(_events.Options.FlushInterval);

        _events.Enqueue("a", "b", "c");
        await _sink.DeliveredAsync(1);
        _sink.Ids.Should().Equal("a", "b");

        await _events.PassAsync(() => _sink.Delivered.Count >= 2);
        _sink.Ids.Should().Equal("a", "b", "c");
    }

    [Fact]
    public async Task BatchIsBoundedByBytesAndALargeEventGoesAlone()
    {
        _events.Options.MaxBatchBytes = 4_096;
        _events.Make(_sink);
        foreach (var (id, length) in new[] { ("a", 2_000), ("b", 2_000), ("c", 10_000), ("d", 10) })
            _events.Pipeline.TryEnqueue(SomeEvents.Exposure(id, new string('u', length))).Should().BeTrue();

        _events.Pipeline.Start();
        await _events.PassAsync(() => _sink.Delivered.Count >= 4);

        _sink.Delivered.Select(batch => batch.Events.Single().Id).Should().Equal("a", "b", "c", "d");
    }

    [Fact]
    public async Task EventsBeyondTheCapacityBecomeCounts()
    {
        _events.Options.Capacity = 2;
        _events.Make(_sink);
        _events.Clock.WallShift = TimeSpan.FromHours(-1);
        _events.Enqueue("a", "b");

        _events.Pipeline.TryEnqueue(SomeEvents.Exposure("c", time: Some.Monday)).Should().BeTrue("it is part of a count, and is not recorded again");
        _events.Pipeline.TryEnqueue(SomeEvents.Exposure("d", time: Some.Monday.AddHours(-1)));
        _events.Pipeline.TryEnqueue(SomeEvents.Outcome("e", 1.5));
        _events.Pipeline.TryEnqueue(SomeEvents.Outcome("f", 2));
        _events.Status.Should().BeEquivalentTo(new EventSinkStatus { Sink = "scripted", Queued = 6, Aggregated = 4 });
        _events.Pipeline.Start();
        await _sink.DeliveredAsync(1);

        _sink.Ids.Should().Equal("a", "b");
        _sink.Delivered.Single().Counts.Should().BeEquivalentTo(
        [
            new EventCount { Id = "", From = Some.Monday.AddHours(-1), To = Some.Monday, Flag = "checkout-page", Experiment = "checkout-2026-03", Variant = "fast", Count = 2 },
            new EventCount { Id = "", From = Some.Monday, To = Some.Monday, Metric = "purchase", Count = 2, Sum = 3.5 },
        ], same => same.Excluding(count => count.Id), "a clock that goes back swaps no times");
        _sink.Delivered.Single().Counts.Select(count => count.Id).Should().OnlyHaveUniqueItems();
        await Until.HoldsAsync(() => _events.Status is { Sent: 6, Queued: 0, Lost: 0 });
        await Until.HoldsAsync(() => _events.Warnings.Length == 1);
        _events.Warnings.Single().Should().Contain("the queue for scripted is full");
    }

    [Fact]
    public async Task BytesBoundTheQueueToo()
    {
        _events.Options.MaxQueuedBytes = 32_768;
        _events.Make(_sink);

        var taken = Enumerable.Range(0, 10).Select(i => _events.Pipeline.TryEnqueue(SomeEvents.Exposure($"{i}", new string('u', 10_000)))).ToList();

        taken.Should().AllBeEquivalentTo(true);
        _events.Status.Aggregated.Should().Be(7, "units of 10 kB must not fill the memory");
        _events.Pipeline.Start();
        await _sink.DeliveredAsync(1);
        await Until.HoldsAsync(() => _events.Status.Sent == 10);
    }

    [Fact]
    public async Task EventsBeyondTheTableOfCountsAreLostAndCounted()
    {
        _events.Options.Capacity = 1;
        _events.Make(_sink);
        _events.Enqueue("a");

        for (var i = 0; i < EventCounts.MaxKeys + 2; i++)
            _events.Pipeline.TryEnqueue(SomeEvents.Outcome($"{i}", metric: $"metric-{i}"));
        _events.Pipeline.TryEnqueue(SomeEvents.Outcome("again", metric: "metric-0"));

        _events.Status.Should().BeEquivalentTo(new
        {
            Queued = 1 + EventCounts.MaxKeys + 1L,
            Aggregated = EventCounts.MaxKeys + 1L,
            Lost = 2L,
            LostByCause = new Dictionary<EventLossCause, long> { [EventLossCause.Capacity] = 2 },
        });
        _events.Pipeline.Start();
        await _events.PassAsync(() => _events.Status is { Queued: 0, Sent: EventCounts.MaxKeys + 2 });
        await Until.HoldsAsync(() => _events.Warnings.Length == 2);
        _events.Warnings[1].Should().StartWith($"Client shop: the queue for scripted and its {EventCounts.MaxKeys} counts are full: further events are lost");
    }

    [Fact]
    public void ExposureWithoutAnyRoomIsDeferredAndCountedOnlyWhenItIsTaken()
    {
        _events.Options.Capacity = 1;
        _events.Make(_sink);
        _events.Enqueue("a");
        for (var i = 0; i < EventCounts.MaxKeys; i++)
            _events.Pipeline.TryEnqueue(SomeEvents.Outcome($"{i}", metric: $"metric-{i}"));
        var before = _events.Status;

        _events.Pipeline.TryEnqueue(SomeEvents.Exposure("b")).Should().BeFalse("the recorder offers it again");
        _events.Pipeline.TryEnqueue(SomeEvents.Exposure("b")).Should().BeFalse();

        _events.Status.Should().BeEquivalentTo(before with { Deferred = 2 });
    }

    [Fact]
    public async Task ExposureThatAnotherSinkTookIsLostWhereThereIsNoRoom()
    {
        EventChannel Channel(string name, int capacity) => new(new(new ScriptedEventSink(name), name, IsOwned: true), new() { Capacity = capacity }, _events.Log, "shop", _events.Clock, new Random(1));
        await using var pipeline = new EventPipeline([Channel("small", 1), Channel("large", 10_000)]);
        pipeline.TryEnqueue(SomeEvents.Exposure("a"));
        for (var i = 0; i < EventCounts.MaxKeys; i++)
            pipeline.TryEnqueue(SomeEvents.Outcome($"{i}", metric: $"metric-{i}"));

        pipeline.TryEnqueue(SomeEvents.Exposure("b")).Should().BeTrue();

        pipeline.Status[0].LostByCause.Should().Equal(new Dictionary<EventLossCause, long> { [EventLossCause.Capacity] = 1 });
        pipeline.Status.Select(status => (status.Deferred, status.Sent + status.Lost + status.Queued)).Should().Equal((0L, EventCounts.MaxKeys + 2L), (0L, EventCounts.MaxKeys + 2L));
    }

    [Fact]
    public async Task BatchesAfterOneThatIsTooLargeAreSmallerAndGrowAgain()
    {
        _events.Options.MaxBatchEvents = 8;
        _events.Options.MaxBatchBytes = 8 * EventSize.Of(SomeEvents.Exposure("0000"));
        var refused = 0;
        _sink.OnSend = (batch, _) =>
        {
            if (batch.Events.Count <= 4 || _sink.Ids.Length >= 400)
                return default;
            refused++;
            throw new EventSinkException("413.") { Kind = EventSinkFaultKind.TooLarge };
        };
        _events.Make(_sink);
        for (var i = 0; i < 800; i++)
            _events.Enqueue($"{i:D4}");

        _events.Pipeline.Start();
        await _events.PassAsync(Until.HoldsAsync(() => _events.Status.Sent == 800));

        refused.Should().BeInRange(1, 8, "a limit that is not remembered costs a refusal for each batch");
        _sink.Delivered.Max(batch => batch.Events.Count).Should().BeGreaterThan(4, "the limit grows again");
    }

    [Fact]
    public async Task CountsLeaveAlsoWhileTheQueueIsAlwaysFull()
    {
        _events.Options.MaxBatchEvents = 4;
        _events.Options.Capacity = 8;
        _events.Make(_sink);
        for (var i = 0; i < 9; i++)
            _events.Enqueue($"{i}");

        _events.Pipeline.Start();
        await _sink.DeliveredAsync(1);

        _sink.Delivered.First().Counts.Should().ContainSingle();
        _sink.Delivered.First().Events.Should().HaveCount(3);
    }

    [Fact]
    public void ValueThatIsNoNumberOfJsonIsLostAndCounted()
    {
        _events.Start(_sink);

        _events.Pipeline.TryEnqueue(SomeEvents.Outcome("o", double.NaN)).Should().BeFalse();

        _events.Status.LostByCause.Should().Equal(new Dictionary<EventLossCause, long> { [EventLossCause.Invalid] = 1 });
    }

    [Fact]
    public async Task BatchKeepsItsIdOverRetries()
    {
        _sink.Failing(4, () => new EventSinkException("The collector is down."));
        _events.Start(_sink);
        _events.Enqueue("a");
        await _events.PassAsync(() => _sink.Calls.Count >= 4);
        await Until.HoldsAsync(() => _events.Status.FailingSince is not null);
        _events.Status.Fault.Should().Be("The collector is down.");
        _events.Enqueue("b");

        await _events.PassAsync(() => _sink.Delivered.Count >= 2);

        _sink.Calls.Take(5).Select(batch => batch.Id).Distinct().Should().ContainSingle();
        _sink.Delivered.Select(batch => batch.Id).Should().OnlyHaveUniqueItems();
        _sink.Ids.Should().Equal("a", "b");
        _events.Warnings.Should().Equal("Client shop: events cannot be sent to scripted: The collector is down. They wait, and are sent when it recovers; further failures are logged at debug level.");
        _events.Log.Collector.GetSnapshot().Where(line => line.Level == LogLevel.Information).Select(line => line.Message).Should().Equal("Client shop: events are sent to scripted again.");
        _events.Status.Fault.Should().BeNull();
    }

    [Fact]
    public async Task BatchThatIsTooLargeIsSplitUntilItFits()
    {
        _sink.OnSend = (batch, _) => batch.Events.Count > 1 || batch.Events[0].Id == "c" ? throw new EventSinkException("413.") { Kind = EventSinkFaultKind.TooLarge } : default;
        _events.Start(_sink);

        _events.Enqueue("a", "b", "c", "d", "e");
        await _events.PassAsync(() => _sink.Delivered.Count >= 4);

        _sink.Ids.Should().Equal("a", "b", "d", "e");
        _sink.Calls.Select(batch => batch.Id).Should().OnlyHaveUniqueItems("half of a batch is another batch");
        await Until.HoldsAsync(() => _events.Status is { Sent: 4, Lost: 1, Queued: 0 });
        _events.Status.LostByCause.Should().ContainKey(EventLossCause.TooLarge);
        await Until.HoldsAsync(() => _events.Warnings.Length > 0);
        _events.Warnings.Single().Should().Contain("1 events for scripted are lost: TooLarge. 413.");
    }

    [Fact]
    public async Task BatchThatIsInvalidIsDroppedAndSaidOnce()
    {
        _sink.OnSend = (batch, _) => batch.Events[0].Id != "c" ? throw new EventSinkException("400.") { Kind = EventSinkFaultKind.Invalid } : default;
        _events.Options.MaxBatchEvents = 1;
        _events.Start(_sink);

        _events.Enqueue("a", "b", "c");
        await _sink.DeliveredAsync(1);

        _sink.Calls.Should().HaveCount(3);
        await Until.HoldsAsync(() => _events.Status is { Sent: 1, Lost: 2 });
        await Until.HoldsAsync(() => _events.Warnings.Length > 0);
        _events.Warnings.Should().Equal("Client shop: 1 events for scripted are lost: Invalid. 400. Further losses of this cause are logged at debug level.");
    }

    [Fact]
    public async Task SinkThatDeniesAccessIsTriedAgainAfterItsPause()
    {
        _sink.Failing(1, () => new EventSinkException("401.") { Kind = EventSinkFaultKind.AccessDenied });
        _events.Options.AccessDeniedPause = TimeSpan.FromMinutes(7);
        _events.Start(_sink);
        _events.Enqueue("a");

        await _events.Clock.PassAsync(_events.Options.FlushInterval);
        await _events.Clock.BeganAsync(_events.Options.AccessDeniedPause);
        _events.Clock.Advance(_events.Options.AccessDeniedPause - TimeSpan.FromTicks(1));
        _sink.Calls.Should().ContainSingle();
        _events.Clock.Advance(TimeSpan.FromTicks(1));
        await _sink.DeliveredAsync(1);

        _sink.Ids.Should().Equal("a");
    }

    [Theory]
    [InlineData(90, 90)]
    [InlineData(7_200, 3_600)]
    public async Task PauseThatTheSinkRequestsIsKept(int asked, int kept)
    {
        _sink.Failing(1, () => new EventSinkException("503.") { RetryAfter = TimeSpan.FromSeconds(asked) });
        _events.Start(_sink);
        _events.Enqueue("a");

        await _events.Clock.PassAsync(_events.Options.FlushInterval);
        await _events.Clock.PassAsync(TimeSpan.FromSeconds(kept));
        await _sink.DeliveredAsync(1);

        _sink.Calls.Should().HaveCount(2);
    }

    [Fact]
    public async Task SinkThatHangsIsCalledOnceAtATimeAndItsLateSuccessCounts()
    {
        var hanging = new TaskCompletionSource();
        _sink.OnSend = (_, _) => new(hanging.Task);
        _events.Start(_sink);
        _events.Enqueue("a");
        await _events.PassAsync(() => _events.Clock.GetUtcNow() > Some.Monday.AddMinutes(10), _events.AttemptTimeouts);
        _events.Warnings.Single().Should().Contain("It did not answer within 00:00:30.");

        hanging.SetResult();
        await _events.PassAsync(() => _events.Status.Sent == 1, _events.AttemptTimeouts);

        _sink.Calls.Should().ContainSingle();
        _events.Status.Queued.Should().Be(0);
    }

    [Fact]
    public async Task SinkThatTakesTooLongIsCanceled()
    {
        var canceled = new TaskCompletionSource();
        _sink.OnSend = async (_, token) =>
        {
            await using var registration = token.Register(() => canceled.TrySetResult());
            await canceled.Task;
        };
        _events.Start(_sink);
        _events.Enqueue("a");

        await _events.PassAsync(canceled.Task, _events.Options.AttemptTimeout);

        canceled.Task.IsCompleted.Should().BeTrue();
    }

    [Fact]
    public async Task SinkThatHangsHarmsNoOther()
    {
        var other = new ScriptedEventSink();
        _sink.OnSend = (_, _) => new(new TaskCompletionSource().Task);
        _events.Start(_sink, other);

        _events.Enqueue("a");
        await _events.PassAsync(() => !other.Delivered.IsEmpty);
        _events.Enqueue("b");
        await _events.PassAsync(() => other.Delivered.Count >= 2);

        other.Ids.Should().Equal("a", "b");
        _events.Pipeline.Status.Select(status => status.Sink).Should().Equal("scripted", "scripted (2)");
        _events.Pipeline.Status.Select(status => status.Sent).Should().Equal(0, 2);
    }

    public static TheoryData<string, Func<Exception>> Nonsense => new()
    {
        { "a fault of its own", () => new InvalidOperationException("Full.") },
        { "cancellation unasked", () => new OperationCanceledException() },
        { "a timeout", () => new TimeoutException() },
        { "an unknown kind", () => new EventSinkException("?") { Kind = (EventSinkFaultKind)99, RetryAfter = TimeSpan.FromDays(-9) } },
    };

    [Theory]
    [MemberData(nameof(Nonsense))]
    public async Task NonsenseIsAFaultAndTheBatchIsTriedAgain(string kind, Func<Exception> fault)
    {
        _sink.Failing(5, fault);
        _events.Start(_sink);
        _events.Enqueue("a");

        await _events.PassAsync(() => !_sink.Delivered.IsEmpty);

        _sink.Calls.Select(batch => batch.Id).Distinct().Should().ContainSingle(kind);
        await Until.HoldsAsync(() => _events.Status is { Sent: 1, Lost: 0 });
    }

    [Fact]
    public async Task BatchThatCannotBeDeliveredInItsTimeIsLostAndTheNextIsSent()
    {
        _events.Options.MaxRetryTime = TimeSpan.FromMinutes(5);
        _sink.OnSend = (batch, _) => batch.Events[0].Id == "poison" ? throw new EventSinkException("500.") : default;
        _events.Start(_sink);
        _events.Enqueue("poison");
        await _events.PassAsync(() => !_sink.Calls.IsEmpty);
        _events.Enqueue("a");

        await _events.PassAsync(() => !_sink.Delivered.IsEmpty);

        _sink.Ids.Should().Equal("a");
        _events.Status.LostByCause.Should().Equal(new Dictionary<EventLossCause, long> { [EventLossCause.Expired] = 1 });
        _events.Clock.GetUtcNow().Should().BeAfter(Some.Monday.AddMinutes(5));
    }

    [Fact]
    public async Task ManyThreadsLoseNothingUncounted()
    {
        (_events.Options.Capacity, _events.Options.MaxBatchEvents, _events.Options.ShutdownDeadline) = (500, 100, TimeSpan.FromMinutes(10));
        var calls = 0;
        _sink.OnSend = (_, _) => Interlocked.Increment(ref calls) % 3 == 0 ? throw new EventSinkException("Full.") { Kind = EventSinkFaultKind.Invalid } : default;
        _events.Start(_sink);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(() =>
        {
            for (var i = 0; i < 5_000; i++)
                _events.Pipeline.TryEnqueue(SomeEvents.Exposure($"{thread}-{i}"));
        })));
        await _events.Pipeline.StopAsync();

        var status = _events.Status;
        status.Queued.Should().Be(0);
        (status.Sent + status.Lost).Should().Be(40_000);
        status.LostByCause.Should().ContainKey(EventLossCause.Invalid);
        _sink.Delivered.Sum(batch => batch.Events.Count + batch.Counts.Sum(count => count.Count)).Should().Be(status.Sent);
        _sink.Ids.Should().OnlyHaveUniqueItems();
    }
}

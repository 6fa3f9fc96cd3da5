using System.Collections.Concurrent;
using ProgressiveDelivery.Sdk.Reporting;
using ProgressiveDelivery.Sdk.Tests.Refresh;

namespace ProgressiveDelivery.Sdk.Tests.Reporting.Spill;

/// <summary>Events outlive a sink that is away, and the process.</summary>
public sealed class EventSpillTests : IAsyncDisposable
{
    private readonly SpillFixture _spill = new();
    private readonly ScriptedEventSink _sink = new();
    private readonly ScriptedEventSink _back = new();
    private volatile bool _isAway = true;

    public EventSpillTests() => _sink.OnSend = (_, _) => _isAway ? throw new EventSinkException("503.") : default;

    public ValueTask DisposeAsync() => _spill.DisposeAsync();

    [Fact]
    public async Task EventsOfASinkThatIsAwayGoToDiskAndFollowWhenItIsBack()
    {
        _spill.Options.Capacity = 100;
        var run = _spill.Run(_sink);
        for (var i = 0; i < 40; i++)
        {
            run.Enqueue([.. Enumerable.Range(0, 25).Select(event_ => $"{i}-{event_}")]);
            await _spill.PassUntilAsync(() => run.Status.Spilled == (i + 1) * 25);
        }

        run.Status.Should().BeEquivalentTo(new { Queued = 1_000, Spilled = 1_000, Aggregated = 0, Lost = 0, Sent = 0 }, "ten times the capacity is whole, and on disk");
        run.Status.SpilledBytes.Should().Be(_spill.Disk.Files.Sum(path => _spill.Disk.Look(path)!.Value.Length));
        _isAway = false;
        await _spill.PassUntilAsync(() => run.Status is { Sent: 1_000, Queued: 0, Spilled: 0, SpilledBytes: 0 });

        _sink.Ids.Should().BeEquivalentTo(Enumerable.Range(0, 40).SelectMany(i => Enumerable.Range(0, 25).Select(event_ => $"{i}-{event_}")));
        _spill.Segments.Should().BeEmpty();
    }

    [Fact]
    public async Task BatchThatFailedKeepsItsIdOnDiskAndAfterARestart()
    {
        var first = _spill.Run(_sink);
        first.Enqueue("a");
        await _spill.PassUntilAsync(() => first.Status.Spilled == 1);
        var id = _sink.Calls.First().Id;
        _spill.Kill(first);

        var second = _spill.Run(_back);
        await _spill.PassUntilAsync(() => second.Status.Sent == 1);

        _back.Delivered.Single().Id.Should().Be(id);
    }

    [Fact]
    public async Task RunThatIsKilledLeavesItsEventsToTheNext()
    {
        var first = _spill.Run(_sink);
        first.Enqueue([.. Enumerable.Range(0, 2_500).Select(i => $"{i}")]);
        first.Pipeline.TryEnqueue(SomeEvents.Outcome("o", 1.5));
        await _spill.PassUntilAsync(() => first.Status.Spilled == 2_501);
        _spill.Kill(first);

        var second = _spill.Run(_back);
        await _spill.PassUntilAsync(() => second.Status.Sent == 2_501);

        second.Status.Should().BeEquivalentTo(new { Recovered = 2_501, Queued = 0, Lost = 0 });
        _back.Ids.Order(StringComparer.Ordinal).Should().Equal(Enumerable.Range(0, 2_500).Select(i => $"{i}").Append("o").Order(StringComparer.Ordinal));
        _back.Delivered.Should().OnlyContain(batch => batch.Events.Count <= 1_000);
        _spill.Log.Collector.GetSnapshot().Should().Contain(line => line.Message.Contains("an earlier run left", StringComparison.Ordinal));
    }

    [Fact]
    public async Task StopPutsOnDiskWhatTheSinkDoesNotTake()
    {
        var first = _spill.Run(_sink);
        first.Enqueue("a", "b");
        await _spill.PassAsync(first.Pipeline.StopAsync());

        first.Status.Should().BeEquivalentTo(new { Queued = 2, Spilled = 2, Lost = 0 });
        _isAway = false;
        var second = _spill.Run(_sink);
        await _spill.PassUntilAsync(() => second.Status.Sent == 2);
        await _spill.PassAsync(second.Pipeline.StopAsync());
        _spill.Disk.Files.Should().BeEmpty("not even a lock is left");
    }

    [Fact]
    public async Task EventsOfASinkThatHangsAreOnDiskBeforeItsCallEnds()
    {
        var stuck = new TaskCompletionSource();
        _sink.OnSend = (_, _) => new(stuck.Task);
        var run = _spill.Run(_sink);
        run.Enqueue("a");
        await _spill.PassAsync(_sink.CalledAsync(1));
        run.Enqueue("b", "c");

        await _spill.PassUntilAsync(() => run.Status.Spilled == 2);

        _sink.Calls.Should().ContainSingle();
        stuck.SetResult();
    }

    [Fact]
    public async Task LineThatIsTornIsPassedByAndCounted()
    {
        var lines = new System.Buffers.ArrayBufferWriter<byte>();
        EventJson.WriteLines(lines, SomeEvents.Batch("a", "b", "c"));
        var first = _spill.Run(_sink);
        first.Enqueue("x");
        await _spill.PassUntilAsync(() => first.Status.Spilled == 1);
        _spill.Kill(first);
        var path = _spill.Segments.Single();
        _spill.Disk.Put(path, lines.WrittenSpan[..^10].ToArray(), _spill.Disk.Clock);

        var second = _spill.Run(_back);
        await _spill.PassUntilAsync(() => second.Status.Sent == 2);

        _back.Ids.Should().Equal("a", "b");
        second.Status.Should().BeEquivalentTo(new { Recovered = 3, Lost = 1, Queued = 0 });
        second.Status.LostByCause.Should().Equal(new Dictionary<EventLossCause, long> { [EventLossCause.Disk] = 1 });
        _spill.Warnings.Should().Contain(line => line.Contains($"'{path}' is torn or damaged", StringComparison.Ordinal));
    }

    [Fact]
    public async Task FileThatIsDeletedIsLostAndCounted()
    {
        var run = _spill.Run(_sink);
        _spill.Disk.Fault = (operation, _) => operation == "Read" ? new IOException("Not now.") : null;
        run.Enqueue("a");
        await _spill.PassUntilAsync(() => run.Status.Spilled == 1);
        _spill.Disk.Delete(_spill.Segments.Single());
        _spill.Disk.Fault = (_, _) => null;

        await _spill.PassUntilAsync(() => run.Status.Lost == 1);

        run.Status.Should().BeEquivalentTo(new { Queued = 0, Spilled = 0, LostByCause = new Dictionary<EventLossCause, long> { [EventLossCause.Disk] = 1 } });
    }

    [Fact]
    public async Task FullDiskKeepsEventsInMemoryAndIsSaidOnce()
    {
        _spill.Options.Capacity = 10;
        _spill.Disk.Fault = (operation, _) => operation == "Flush" ? new IOException("No space left on device.") : null;
        var run = _spill.Run(_sink);
        run.Enqueue([.. Enumerable.Range(0, 8).Select(i => $"{i}")]);
        await _spill.PassUntilAsync(() => run.Status.SpillFault is not null);
        run.Status.SpillFault.Should().Be("Spill folder '/spill': No space left on device.");
        run.Status.Should().BeEquivalentTo(new { Queued = 8, Spilled = 0, Lost = 0 });

        _spill.Disk.Fault = (_, _) => null;
        await _spill.PassUntilAsync(() => run.Status is { Spilled: 8, SpillFault: null });
        _isAway = false;
        await _spill.PassUntilAsync(() => run.Status.Sent == 8);

        _sink.Ids.Should().BeEquivalentTo(Enumerable.Range(0, 8).Select(i => $"{i}"), "what a write that failed left is not read");
        _spill.Warnings.Count(line => line.Contains("cannot be spilled", StringComparison.Ordinal)).Should().Be(1);
    }

    [Fact]
    public async Task DiskThatHangsDelaysNeitherEvaluationsNorTheSink()
    {
        _spill.Disk.Freeze();
        _isAway = false;
        _spill.Options.Capacity = 10;
        var run = _spill.Run(_sink);
        await _spill.Disk.HangsAsync();

        run.Enqueue([.. Enumerable.Range(0, 10).Select(i => $"{i}")]);
        await _spill.PassUntilAsync(() => run.Status.Sent == 10);

        await _spill.PassOnDiskAsync(Until.HoldsAsync(() => run.Status.SpillFault?.StartsWith("The disk has not answered since", StringComparison.Ordinal) == true));
        _sink.Ids.Should().HaveCount(10);
    }

    [Fact]
    public async Task EndWithADiskThatHangsIsBoundedAndCounted()
    {
        var run = _spill.Run(_sink);
        run.Enqueue("a");
        await _spill.PassUntilAsync(() => run.Status.Spilled == 1);
        _spill.Disk.Freeze();
        run.Enqueue("b", "c");

        await _spill.PassOnDiskAsync(run.Pipeline.StopAsync());

        run.Status.Should().BeEquivalentTo(new { Queued = 1, Spilled = 1, Lost = 2, LostByCause = new Dictionary<EventLossCause, long> { [EventLossCause.Disk] = 2 } });
        _spill.Warnings.Should().Contain(line => line.Contains("2 events for scripted are lost: Disk. The client has ended, and they were neither delivered nor spilled.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task SpillHasItsSize()
    {
        (_spill.Options.MaxSpillBytes, _spill.Options.Capacity) = (2_000, 50);
        var run = _spill.Run(_sink);
        for (var i = 0; i < 4; i++)
        {
            run.Enqueue([.. Enumerable.Range(0, 5).Select(event_ => $"{i}-{event_}")]);
            await _spill.PassUntilAsync(() => run.Status.Spilled >= Math.Min(10, (i + 1) * 5));
        }

        await _spill.PassUntilAsync(() => run.Status.SpillFault is not null);

        run.Status.SpilledBytes.Should().BeInRange(2_000, 4_000);
        run.Status.SpillFault.Should().Be("The spill has reached its 2000 bytes.");
        run.Status.Queued.Should().Be(20);
        _isAway = false;
        await _spill.PassUntilAsync(() => run.Status.Sent == 20);
    }

    [Fact]
    public async Task RunsThatShareAFolderTakeOnlyWhatAnEndedOneLeft()
    {
        var one = _spill.Run(_sink);
        one.Enqueue("a");
        await _spill.PassUntilAsync(() => one.Status.Spilled == 1);
        var other = new ScriptedEventSink();
        var two = _spill.Run(other);
        two.Enqueue("b");
        await _spill.PassUntilAsync(() => two.Status.Sent == 1);
        two.Status.Recovered.Should().Be(0, "the first one lives");

        _spill.Kill(one);
        await _spill.PassUntilAsync(() => two.Status.Recovered == 1, TimeSpan.FromSeconds(30));
        await _spill.PassUntilAsync(() => two.Status.Sent == 2);

        other.Ids.Should().Equal("b", "a");
    }

    [Fact]
    public async Task BatchThatStaysUnavailableHoldsUpNoOtherAndExpires()
    {
        _spill.Options.MaxBatchEvents = 1;
        _sink.OnSend = (batch, _) => batch.Events[0].Id == "poison" ? throw new EventSinkException("500.") : default;
        var run = _spill.Run(_sink);
        run.Enqueue("poison", "a", "b");

        await _spill.PassUntilAsync(() => run.Status.Sent == 2);
        run.Status.Lost.Should().Be(0);
        await _spill.PassUntilAsync(() => run.Status.Lost == 1, TimeSpan.FromHours(1));

        run.Status.LostByCause.Should().Equal(new Dictionary<EventLossCause, long> { [EventLossCause.Expired] = 1 });
        run.Status.Should().BeEquivalentTo(new { Queued = 0, Spilled = 0 });
    }

    [Fact]
    public async Task EventsThatAreDoneWithAreNotCountedAsSpilledToo()
    {
        _sink.OnSend = (_, _) => throw new EventSinkException("400.") { Kind = EventSinkFaultKind.Invalid };
        var first = _spill.Run(new ScriptedEventSink { OnSend = (_, _) => throw new EventSinkException("503.") });
        first.Enqueue("a", "b");
        await _spill.PassUntilAsync(() => first.Status.Spilled == 2);
        _spill.Kill(first);
        var atLoss = new ConcurrentQueue<EventSinkStatus>();
        _spill.OnLog = () =>
        {
            if (_spill.Last.Status is { Lost: > 0 } status)
                atLoss.Enqueue(status);
        };

        var second = _spill.Run(_sink);
        await _spill.PassUntilAsync(() => second.Status.Lost == 2 && !atLoss.IsEmpty);

        atLoss.Should().OnlyContain(status => status.Spilled <= status.Queued);
    }

    [Fact]
    public async Task SpilledBatchThatIsTooLargeIsSplit()
    {
        var run = _spill.Run(_sink);
        run.Enqueue("a", "b", "c", "d");
        await _spill.PassUntilAsync(() => run.Status.Spilled == 4);
        _sink.OnSend = (batch, _) => batch.Events.Count > 1 ? throw new EventSinkException("413.") { Kind = EventSinkFaultKind.TooLarge } : default;

        await _spill.PassUntilAsync(() => run.Status is { Sent: 4, Queued: 0, Spilled: 0, SpilledBytes: 0 });

        _sink.Ids.Should().BeEquivalentTo("a", "b", "c", "d");
        _spill.Segments.Should().BeEmpty();
    }

    [Fact]
    public async Task CountsOutliveTheProcessToo()
    {
        var stuck = new TaskCompletionSource();
        _sink.OnSend = (_, _) => new(stuck.Task);
        _spill.Options.Capacity = 1;
        _spill.Disk.Freeze();
        var first = _spill.Run(_sink);
        await _spill.Disk.HangsAsync();
        first.Enqueue("z");
        await _spill.PassAsync(_sink.CalledAsync(1));
        first.Enqueue("a", "b", "c");
        first.Status.Aggregated.Should().Be(2);
        _spill.Disk.Thaw();
        await _spill.PassUntilAsync(() => first.Status.Spilled == 3);
        _spill.Kill(first);
        stuck.SetResult();

        var second = _spill.Run(_back);
        await _spill.PassUntilAsync(() => second.Status.Sent == 3);

        _back.Delivered.SelectMany(batch => batch.Counts).Single().Count.Should().Be(2);
    }
}

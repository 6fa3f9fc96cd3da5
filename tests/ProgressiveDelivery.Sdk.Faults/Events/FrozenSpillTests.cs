namespace ProgressiveDelivery.Sdk.Faults.Events;

/// <summary>A disk that hangs under the spill holds up neither evaluations nor deliveries, and the end for its documented time only.</summary>
public sealed class FrozenSpillTests : SpillScenario
{
    private const int Units = 200;
    private const int Batch = 50;

    // No other timer has this length.
    private static readonly TimeSpan ShutdownDeadline = TimeSpan.FromSeconds(7);

    [FreezeFact]
    [Scenario("E13")]
    public async Task E13_FrozenDiskDelaysNoDeliveryAndIsWrittenWhenItThaws()
    {
        using var disk = Mount();
        var sink = new PlayedSink("collector") { Sending = AwayAsync };
        var subject = await StartHangingAsync(disk, sink);
        Time.Stall();
        StatusOf(subject).SpillFault.Should().StartWith("The disk has not answered since");

        sink.Sending = (_, _) => Task.CompletedTask;
        Expose(subject, Units, 2 * Units);
        await PassUntilAsync(() => StatusOf(subject).Sent == (2 * Units) - Batch);
        StatusOf(subject).Should().BeEquivalentTo(new { Queued = (long)Batch, Lost = 0L, Aggregated = 0L });
        disk.Thaw();
        await PassUntilAsync(() => StatusOf(subject) is { Sent: 2 * Units, SpillFault: null });

        DifferentEvents(sink).Should().Be(2 * Units);
        SpillWarnings(subject).Should().ContainSingle();
        await Until.HoldsAsync(() => subject.Logs.Count(line => line.Id.Name == "SpillRecovered") == 1);
    }

    [FreezeFact]
    [Scenario("E13")]
    public async Task E13_EndUnderAFrozenDiskTakesItsDeadlinesAndCountsWhatMayBeLost()
    {
        using var disk = Mount();
        var sink = new PlayedSink("collector") { Sending = AwayAsync };
        var subject = await StartHangingAsync(disk, sink);
        var calls = sink.Calls;
        sink.Sending = (_, _) => new TaskCompletionSource().Task;
        await Clock.SkipPausesUntilAsync(() => sink.Calls > calls);

        await subject.StopHostAsync().WaitAsync(Until.Patience);
        var ending = subject.DisposeAsync().AsTask();
        await Clock.TimerAsync(ShutdownDeadline);
        Clock.Advance(ShutdownDeadline);
        ending.IsCompleted.Should().BeFalse("the disk has five seconds");
        Time.Stall();
        await ending.WaitAsync(Until.Patience);

        StatusOf(subject).Should().BeEquivalentTo(new { Sent = 0L, Queued = 0L, Spilled = 0L, Lost = (long)Units });
        StatusOf(subject).LostByCause.Should().Equal(new Dictionary<EventLossCause, long> { [EventLossCause.Disk] = Units });
        subject.Warnings.Should().ContainSingle(line => line.Message.Contains("neither delivered nor spilled", StringComparison.Ordinal));
        disk.Thaw();
        var heir = new PlayedSink("collector");
        await StartAsync(heir);
        await PassUntilAsync(() => DifferentEvents(heir) == Batch);
    }

    private LoopDisk Mount()
    {
        Directory.CreateDirectory(Spill);
        return new(Folder.File("image"), Spill);
    }

    // One batch is in the hands of the disk, and the others are in memory.
    private async Task<Subject> StartHangingAsync(LoopDisk disk, PlayedSink sink)
    {
        disk.Freeze();
        var subject = await StartAsync(sink, events => (events.MaxBatchEvents, events.ShutdownDeadline) = (Batch, ShutdownDeadline));
        Expose(subject, 0, Batch);
        await Until.HoldsAsync(IsFrozenOut);
        Expose(subject, Batch, Units);
        return subject;
    }

    // Where the kernel holds a thread that writes to a frozen file system.
    private static bool IsFrozenOut() => Directory.GetDirectories("/proc/self/task").Any(thread => WaitsIn(thread) == "percpu_rwsem_wait");

    private static string? WaitsIn(string thread)
    {
        try
        {
            return File.ReadAllText(Path.Combine(thread, "wchan"));
        }
        catch (IOException)
        {
            return null;    // the thread has ended
        }
    }
}

namespace ProgressiveDelivery.Sdk.Faults.Events;

/// <summary>A disk without room under the spill: events wait in memory, and go to disk again when there is room.</summary>
public sealed class FullSpillTests : SpillScenario
{
    private const int Units = 400;
    private const int Batch = 20;

    private string Bulk => Path.Combine(Spill, "bulk");

    [MountFact]
    [Scenario("E12")]
    public async Task E12_DiskThatFillsUpIsOneWarningAndIsUsedAgainWhenThereIsRoom()
    {
        using var disk = await FillAsync(room: 16 * 1024);
        var sink = new PlayedSink("collector") { Sending = AwayAsync };
        var subject = await StartAsync(sink, events => events.MaxBatchEvents = Batch);
        Expose(subject, 0, Batch);
        await Until.HoldsAsync(() => StatusOf(subject).Spilled == Batch);
        Expose(subject, Batch, Units);
        await PassUntilAsync(() => StatusOf(subject).SpillFault is not null);
        var calls = sink.Calls;
        await PassUntilAsync(() => sink.Calls > calls + 10);

        StatusOf(subject).Should().BeEquivalentTo(new { Sent = 0L, Queued = (long)Units, Lost = 0L, Aggregated = 0L });
        StatusOf(subject).Spilled.Should().BeInRange(Batch, Units - Batch);
        StatusOf(subject).SpillFault.Should().Contain("No space left");
        SpillWarnings(subject).Should().ContainSingle().Which.Message.Should().Contain("No space left");

        File.Delete(Bulk);
        await PassUntilAsync(() => StatusOf(subject) is { Spilled: Units, SpillFault: null });
        sink.Sending = (_, _) => Task.CompletedTask;
        await PassUntilAsync(() => StatusOf(subject).Sent == Units);

        DifferentEvents(sink).Should().Be(Units);
        SpillWarnings(subject).Should().ContainSingle();
        subject.Logs.Should().ContainSingle(line => line.Id.Name == "SpillRecovered");
    }

    [MountFact]
    [Scenario("E12")]
    public async Task E12_SinkGetsFromMemoryWhatAFullDiskDoesNotTake()
    {
        using var disk = await FillAsync(room: 0);
        var sink = new PlayedSink("collector") { Sending = AwayAsync };
        var subject = await StartAsync(sink, events => (events.MaxBatchEvents, events.Capacity) = (Batch, 100));
        Expose(subject, 0, Units);
        await PassUntilAsync(() => StatusOf(subject).SpillFault is not null);
        StatusOf(subject).Should().BeEquivalentTo(new { Sent = 0L, Queued = (long)Units, Spilled = 0L, Lost = 0L });

        sink.Sending = (_, _) => Task.CompletedTask;
        await PassUntilAsync(() => StatusOf(subject).Sent == Units);

        StatusOf(subject).Should().BeEquivalentTo(new { Queued = 0L, Lost = 0L });
        StatusOf(subject).Aggregated.Should().BePositive("the queue holds a hundred");
        DifferentEvents(sink).Should().Be((int)(Units - StatusOf(subject).Aggregated));
        SpillWarnings(subject).Should().ContainSingle();
    }

    // A disk that holds a large file of another program's.
    private async Task<SmallDisk> FillAsync(int room)
    {
        const int Size = 1024 * 1024;
        Directory.CreateDirectory(Spill);
        var disk = new SmallDisk(Spill, $"size={Size}");
        await File.WriteAllBytesAsync(Bulk, new byte[Size - room]);
        return disk;
    }
}

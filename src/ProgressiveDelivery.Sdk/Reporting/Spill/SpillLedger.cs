using System.Globalization;
using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.Sources.Files;
using ProgressiveDelivery.Sdk.Telemetry;

namespace ProgressiveDelivery.Sdk.Reporting.Spill;

/// <summary>Counts what is on disk for one sink, and reports its faults, a line when one begins and one when it ends. Safe to use from any thread.</summary>
/// <param name="max">The size of the spill, in bytes.</param>
/// <param name="tally">Counts what becomes of events.</param>
/// <param name="journal">Reports losses.</param>
/// <param name="logger">Logs faults; does not throw.</param>
/// <param name="client">The client's name for people.</param>
/// <param name="sink">The sink's name.</param>
internal sealed class SpillLedger(long max, EventTally tally, EventJournal journal, ILogger logger, string client, string sink)
{
    private readonly object _gate = new();
    private long _events;
    private long _bytes;
    private string? _fault;
    private DateTimeOffset? _stalledSince;

    /// <summary>Indicates whether the spill has its size.</summary>
    public bool IsFull => Interlocked.Read(ref _bytes) >= max;

    /// <summary>Completes the status of a sink.</summary>
    public EventSinkStatus Of(EventSinkStatus status)
    {
        lock (_gate)
        {
            return status with { Spilled = Interlocked.Read(ref _events), SpilledBytes = Interlocked.Read(ref _bytes), SpillFault = Fault() };
        }
    }

    /// <summary>Counts a batch that was written; its bytes first, since the status reads them last.</summary>
    public void Spilled(long events, long bytes)
    {
        Interlocked.Add(ref _bytes, bytes);
        Interlocked.Add(ref _events, events);
    }

    public void Adopted(long bytes)
    {
        if (bytes == 0)
            return;
        Interlocked.Add(ref _bytes, bytes);
        logger.SpillAdopted(client, bytes, sink);
    }

    /// <summary>Counts the events of a segment that was read, and those that are not in it any more.</summary>
    public void Read(SpillSegment segment, SpillReading reading)
    {
        if (!segment.IsCounted)
            Count(segment, reading);
        var lost = segment.Events - reading.Batch.Recorded;
        if (lost <= 0)
            return;
        Done(segment, lost);
        journal.Lost(EventLossCause.Disk, lost, new EventSinkException($"Spill file '{segment.Path}' is torn or damaged, or was deleted."));
    }

    public void Done(SpillSegment segment, long events)
    {
        segment.Events -= events;
        Interlocked.Add(ref _events, -events);
    }

    public void Deleted(long bytes) => Interlocked.Add(ref _bytes, -bytes);

    /// <summary>Records that the disk did its work.</summary>
    public void Succeeded()
    {
        lock (_gate)
        {
            if (_fault is null)
                return;
            _fault = null;
        }

        logger.SpillRecovered(client, sink);
    }

    /// <summary>Records that the disk failed.</summary>
    public void Failed(string folder, Exception fault)
    {
        var text = $"Spill folder '{folder}': {fault.Message}";
        lock (_gate)
        {
            var isKnown = _fault is not null;
            _fault = text;
            if (isKnown)
                return;
        }

        logger.SpillFailed(client, sink, text);
    }

    /// <summary>Records that the disk hangs, or answers again; it is read within the lock, since two threads may report in another order than it changed.</summary>
    public void Look(DiskThread disk)
    {
        lock (_gate)
        {
            var now = disk.StalledSince;
            if (now is null && _stalledSince is not null)
                logger.SpillRecovered(client, sink);
            else if (now is { } since && _stalledSince is null)
                logger.SpillFailed(client, sink, Hanging(since));
            _stalledSince = now;
        }
    }

    private void Count(SpillSegment segment, SpillReading reading)
    {
        segment.IsCounted = true;
        segment.Events = reading.Batch.Recorded + reading.Damaged;
        tally.Recovered(segment.Events);
        Interlocked.Add(ref _events, segment.Events);
    }

    private string? Fault() =>
        _stalledSince is { } since ? Hanging(since)
        : _fault is null && IsFull ? string.Create(CultureInfo.InvariantCulture, $"The spill has reached its {max} bytes.")
        : _fault;

    private static string Hanging(DateTimeOffset since) => string.Create(CultureInfo.InvariantCulture, $"The disk has not answered since {since:u}.");
}

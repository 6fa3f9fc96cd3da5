using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.Telemetry;

namespace ProgressiveDelivery.Sdk.Reporting;

/// <summary>
/// Reports how one sink fares: a line when an outage begins and one when it ends, one for each way of losing events, and the status. Only the loop
/// writes it, but losses; the status may be read from any thread.
/// </summary>
internal sealed class EventJournal(EventTally tally, ILogger logger, string client, string sink, TimeProvider clock)
{
    private readonly HashSet<EventLossCause> _logged = [];
    private volatile Outage? _outage;
    private bool _isFullLogged;
    private int _failures;

    public EventSinkStatus Status
    {
        get
        {
            var outage = _outage;
            return tally.Read(sink) with { Fault = outage?.Fault, FailingSince = outage?.Since };
        }
    }

    /// <summary>Indicates whether the sink denied access when it was last called.</summary>
    public bool IsAccessDenied { get; private set; }

    /// <summary>Records that the sink answered.</summary>
    public void Succeeded()
    {
        if (_outage is not null)
            logger.EventsSentAgain(client, sink);
        (_outage, _failures, IsAccessDenied) = (null, 0, false);
    }

    /// <summary>Records that a round of attempts failed.</summary>
    public void Failed(EventSinkException fault)
    {
        if (_failures++ == 0)
            logger.EventsNotSent(client, sink, fault.Message);
        logger.EventsNotSentAgain(fault, client, sink, _failures, fault.Message);
        _outage = new(fault.Message, _outage?.Since ?? clock.GetUtcNow());
        IsAccessDenied = fault.Kind == EventSinkFaultKind.AccessDenied;
        Look();
    }

    /// <summary>Counts the events of a batch that is dropped.</summary>
    public void Lost(EventLossCause cause, long events, EventSinkException fault)
    {
        tally.Lost(cause, events);
        logger.EventsDropped(IsFirst(cause) ? LogLevel.Warning : LogLevel.Debug, client, events, sink, cause, fault.Message);
    }

    /// <summary>Counts the events that the last flush left.</summary>
    public void LostAtEnd(long events, TimeSpan deadline)
    {
        Look();
        if (events == 0)
            return;
        tally.Lost(EventLossCause.Shutdown, events);
        logger.EventsLostAtEnd(client, events, sink, deadline, _outage is { } outage ? " " + outage.Fault : "");
    }

    /// <summary>Counts the events that neither the last flush nor the spill took.</summary>
    public void LostToDisk(long events, string? fault)
    {
        Look();
        if (events > 0)
            Lost(EventLossCause.Disk, events, new($"The client has ended, and they were neither delivered nor spilled. {fault}".TrimEnd()));
    }

    /// <summary>Reports that the queue was full, and that events were lost for it; each once.</summary>
    public void Look()
    {
        if (tally.AggregatedSoFar > 0 && !_isFullLogged)
        {
            _isFullLogged = true;
            logger.EventQueueFull(client, sink);
        }

        if ((tally.LostBy(EventLossCause.Capacity) > 0 || tally.DeferredSoFar > 0) && IsFirst(EventLossCause.Capacity))
            logger.EventCountsFull(client, sink, EventCounts.MaxKeys);
    }

    private bool IsFirst(EventLossCause cause)
    {
        lock (_logged)
            return _logged.Add(cause);
    }

    private sealed record Outage(string Fault, DateTimeOffset Since);
}

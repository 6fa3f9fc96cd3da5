using System.Collections.ObjectModel;

namespace ProgressiveDelivery.Sdk.Reporting;

/// <summary>Counts what becomes of the events of one sink. Safe to use from any thread.</summary>
internal sealed class EventTally
{
    private static readonly EventLossCause[] Causes = Enum.GetValues<EventLossCause>();

    private readonly long[] _lost = new long[Causes.Length];
    private long _accepted;
    private long _sent;
    private long _aggregated;
    private long _deferred;
    private long _recovered;

    public void Accepted() => Interlocked.Increment(ref _accepted);

    /// <summary>Counts events that an earlier run had spilled.</summary>
    public void Recovered(long events)
    {
        Interlocked.Add(ref _accepted, events);
        Interlocked.Add(ref _recovered, events);
    }

    public void Sent(long events) => Interlocked.Add(ref _sent, events);

    public void Aggregated() => Interlocked.Increment(ref _aggregated);

    public void Deferred() => Interlocked.Increment(ref _deferred);

    public void Lost(EventLossCause cause, long events) => Interlocked.Add(ref _lost[(int)cause], events);

    /// <summary>Returns the number of events lost for a cause.</summary>
    public long LostBy(EventLossCause cause) => Interlocked.Read(ref _lost[(int)cause]);

    public long DeferredSoFar => Interlocked.Read(ref _deferred);

    public long AggregatedSoFar => Interlocked.Read(ref _aggregated);

    /// <summary>Returns the numbers. What ended is read before what was accepted, so that the queue never seems to be below zero.</summary>
    public EventSinkStatus Read(string sink)
    {
        var lost = Causes.Select(cause => (Cause: cause, Count: LostBy(cause))).Where(loss => loss.Count > 0).ToDictionary(loss => loss.Cause, loss => loss.Count);
        var total = lost.Values.Sum();
        var sent = Interlocked.Read(ref _sent);
        return new()
        {
            Sink = sink,
            Sent = sent,
            Lost = total,
            LostByCause = new ReadOnlyDictionary<EventLossCause, long>(lost),
            Aggregated = AggregatedSoFar,
            Deferred = DeferredSoFar,
            Recovered = Interlocked.Read(ref _recovered),
            Queued = Interlocked.Read(ref _accepted) - sent - total,
        };
    }
}

using System.Collections.ObjectModel;

namespace ProgressiveDelivery.Sdk;

/// <summary>
/// The status of one sink of events at the moment it was read. Every accepted event is in exactly one of <see cref="Sent"/>, <see cref="Lost"/> and
/// <see cref="Queued"/>.
/// </summary>
public sealed record EventSinkStatus
{
    /// <summary>The sink's name.</summary>
    public required string Sink { get; init; }

    /// <summary>The number of events that wait for the sink, whole or within counts.</summary>
    public long Queued { get; init; }

    /// <summary>The number of queued events that are on disk, where a <c>SpillFolder</c> is set. Those of an earlier run are among them once they are read.</summary>
    public long Spilled { get; init; }

    /// <summary>The size of the spill on disk, in bytes, with what an earlier run left.</summary>
    public long SpilledBytes { get; init; }

    /// <summary>The number of events that an earlier run had spilled and this run has read. They count as accepted from then on.</summary>
    public long Recovered { get; init; }

    /// <summary>The fault for which events cannot be spilled or read back; null while they can. Until it is over they wait in memory.</summary>
    public string? SpillFault { get; init; }

    /// <summary>The number of events that were delivered, whole or within counts.</summary>
    public long Sent { get; init; }

    /// <summary>The number of events that became part of a count because the queue was full. They are also in one of the other numbers.</summary>
    public long Aggregated { get; init; }

    /// <summary>
    /// The number of times that an exposure found no room, not even in a count. It is offered again at the unit's next evaluation, and is in none of the other
    /// numbers until a sink takes it.
    /// </summary>
    public long Deferred { get; init; }

    /// <summary>The number of events that were lost.</summary>
    public long Lost { get; init; }

    /// <summary>The number of lost events by cause, without causes that lost none; empty by default.</summary>
    public IReadOnlyDictionary<EventLossCause, long> LostByCause { get; init; } = ReadOnlyDictionary<EventLossCause, long>.Empty;

    /// <summary>The fault for which the sink does not take events; null while it does.</summary>
    public string? Fault { get; init; }

    /// <summary>The time at which it began to fail; null while it does not.</summary>
    public DateTimeOffset? FailingSince { get; init; }
}

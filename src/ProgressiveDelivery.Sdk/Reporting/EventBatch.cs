using ProgressiveDelivery.Sdk.Observation;

namespace ProgressiveDelivery.Sdk.Reporting;

/// <summary>The events of one call to a sink. Immutable.</summary>
public sealed class EventBatch
{
    /// <summary>Makes a batch.</summary>
    /// <param name="id">The id.</param>
    /// <param name="events">The events.</param>
    /// <param name="counts">The counts; null for none.</param>
    public EventBatch(string id, IReadOnlyList<FeatureEvent> events, IReadOnlyList<EventCount>? counts = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        ArgumentNullException.ThrowIfNull(events);
        (Id, Events, Counts) = (id, events, counts ?? []);
    }

    /// <summary>The idempotency id: the same over all retries of this batch. Half of a batch that was split has an id of its own.</summary>
    public string Id { get; }

    /// <summary>The whole events, in the order in which they were recorded.</summary>
    public IReadOnlyList<FeatureEvent> Events { get; }

    /// <summary>The counts of events that found the queue full; usually empty.</summary>
    public IReadOnlyList<EventCount> Counts { get; }

    /// <summary>The time of its first attempt, by the timestamp of the client's clock; null before it. Only the loop that has the batch sets it.</summary>
    internal long? FirstAttempt { get; set; }

    /// <summary>The number of recorded events: whole ones, and those within counts.</summary>
    internal long Recorded => Events.Count + Counts.Sum(count => count.Count);

    /// <summary>The number of items that a sink gets.</summary>
    internal int Items => Events.Count + Counts.Count;

    /// <summary>The estimated size as JSON, in bytes.</summary>
    internal long Bytes => Events.Sum(static occurred => (long)EventSize.Of(occurred)) + ((long)Counts.Count * EventSize.OfCount);

    /// <summary>Returns the two halves, whose ids derive from this one; of two items at least.</summary>
    internal (EventBatch First, EventBatch Second) Split()
    {
        var half = Items / 2;
        var events = Math.Min(half, Events.Count);
        var counts = half - events;
        return (
            new($"{Id}.1", [.. Events.Take(events)], [.. Counts.Take(counts)]),
            new($"{Id}.2", [.. Events.Skip(events)], [.. Counts.Skip(counts)]));
    }
}

namespace ProgressiveDelivery.Sdk.AspNetCore.Snapshots;

/// <summary>The last events, bounded by their number and their bytes. Immutable: every stream is a place in it, and none holds a queue of its own.</summary>
internal sealed class EventRing
{
    private const int MaxCount = 1_024;
    private const long MaxBytes = 16 * 1024 * 1024;

    private readonly RingEvent[] _events;
    private readonly long _bytes;

    private EventRing(RingEvent[] events, long bytes, long lost) => (_events, _bytes, Lost) = (events, bytes, lost);

    /// <summary>The sequence number of the last event that is no longer here.</summary>
    public long Lost { get; }

    public static EventRing Empty { get; } = new([], 0, 0);

    /// <summary>Returns the ring with one more event. The latest is always kept, whatever its size.</summary>
    public EventRing With(RingEvent next)
    {
        var (first, bytes) = (0, _bytes + next.Event.Text.Length);
        while (first < _events.Length && (_events.Length - first >= MaxCount || bytes > MaxBytes))
            bytes -= _events[first++].Event.Text.Length;
        var lost = first > 0 ? _events[first - 1].Event.Sequence : _events.Length == 0 ? next.Event.Sequence - 1 : Lost;
        return new([.. _events.AsSpan(first), next], bytes, lost);
    }

    /// <summary>Returns an empty ring whose next event follows a sequence number; this one if it has events.</summary>
    public EventRing StartingAfter(long sequence) => _events.Length > 0 ? this : new([], 0, sequence);

    /// <summary>Returns the events after a place; null if some of them are no longer here.</summary>
    public ReadOnlyMemory<RingEvent>? After(long sequence)
    {
        if (sequence < Lost)
            return null;
        var (low, high) = (0, _events.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_events[middle].Event.Sequence <= sequence)
                low = middle + 1;
            else
                high = middle;
        }

        return _events.AsMemory(low);
    }
}

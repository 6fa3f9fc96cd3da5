using ProgressiveDelivery.Sdk.Observation;

namespace ProgressiveDelivery.Sdk.Reporting;

/// <summary>Counts events that found a queue full, per flag, experiment and variant, or per metric. Not safe to use from several threads.</summary>
internal sealed class EventCounts
{
    public const int MaxKeys = 1_000;

    // A caller that composes names must not fill the memory.
    private const int MaxKeyLength = 1_024;

    private readonly Dictionary<EventCountKey, Entry> _entries = [];

    public int Count => _entries.Count;

    /// <summary>Counts an event; returns false if there is no room for its key, or a backend has no form for a count.</summary>
    public bool TryAdd(FeatureEvent occurred)
    {
        if (occurred is BackendEvent)
            return false;
        var key = EventCountKey.Of(occurred);
        if (!_entries.TryGetValue(key, out var entry))
        {
            if (_entries.Count >= MaxKeys || key.Length > MaxKeyLength)
                return false;
            _entries.Add(key, entry = new(occurred.Time));
        }

        return entry.TryAdd(occurred);
    }

    /// <summary>Removes counts, up to a number, and returns them.</summary>
    public List<EventCount> Take(int max)
    {
        var taken = _entries.Take(max).ToList();
        foreach (var (key, _) in taken)
            _entries.Remove(key);
        return taken.ConvertAll(entry => entry.Value.ToCount(entry.Key));
    }

    private sealed class Entry(DateTimeOffset time)
    {
        private DateTimeOffset _from = time;
        private DateTimeOffset _to = time;
        private long _count;
        private double _sum;

        // A sum beyond the largest number could not be written.
        public bool TryAdd(FeatureEvent occurred)
        {
            var sum = _sum + ((occurred as OutcomeEvent)?.Value ?? 0);
            if (!double.IsFinite(sum))
                return false;
            _sum = sum;
            _count++;
            _from = occurred.Time < _from ? occurred.Time : _from;
            _to = occurred.Time > _to ? occurred.Time : _to;
            return true;
        }

        public EventCount ToCount(EventCountKey key) => new()
        {
            Id = Guid.NewGuid().ToString("N"),
            From = _from,
            To = _to,
            Flag = key.Flag,
            Experiment = key.Experiment,
            Variant = key.Variant,
            Metric = key.Metric,
            Count = _count,
            Sum = _sum,
        };
    }
}

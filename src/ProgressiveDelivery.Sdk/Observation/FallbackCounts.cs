using System.Collections.Concurrent;
using ProgressiveDelivery.Sdk.Evaluation;

namespace ProgressiveDelivery.Sdk.Observation;

/// <summary>
/// Counts callers' fallbacks by their values, up to a limit: a caller that composes them must not fill the memory. Safe to use from
/// any thread.
/// </summary>
internal sealed class FallbackCounts
{
    public const int MaxFallbacks = 1_000;

    private readonly ConcurrentDictionary<FallbackKey, Counter> _counters = new();
    private int _made;

    /// <summary>Counts one; returns false if there is no room for its value.</summary>
    public bool TryCount(FallbackKey key)
    {
        if (!_counters.TryGetValue(key, out var counter) && !TryMake(key, out counter))
            return false;
        counter.Increment();
        return true;
    }

    /// <summary>Moves the counts made since the last time.</summary>
    public void MoveTo(UsageCounts counts, CompiledFlag[] flags)
    {
        foreach (var (key, counter) in _counters)
        {
            if (counter.Take() is > 0 and var count)
                counts.Add(UsageKey.OfValue(flags[key.Flag], key.Value, key.IsEnabled) with { Reason = key.Reason }, count);
        }
    }

    private bool TryMake(FallbackKey key, out Counter counter)
    {
        counter = null!;
        if (Volatile.Read(ref _made) >= MaxFallbacks || Interlocked.Increment(ref _made) > MaxFallbacks)
            return false;
        counter = _counters.GetOrAdd(key, static _ => new());
        return true;
    }

    private sealed class Counter
    {
        private long _count;

        public void Increment() => Interlocked.Increment(ref _count);

        public long Take() => Interlocked.Exchange(ref _count, 0);
    }
}

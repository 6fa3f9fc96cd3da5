using System.Collections.Concurrent;

namespace ProgressiveDelivery.Sdk.Snapshots;

/// <summary>The keys of flags that a warning named already, up to a limit: beyond it none is new. Safe to use from any thread.</summary>
internal sealed class WarnedKeys
{
    /// <summary>The number of keys that are remembered. A caller that composes keys from user input must not fill the memory.</summary>
    public const int Max = 1_000;

    // Read without a lock: a key that is always warned of is as hot as any other.
    private readonly ConcurrentDictionary<string, bool> _keys = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>Returns whether a key is new, and remembers it.</summary>
    public bool TryAdd(string key)
    {
        if (_keys.ContainsKey(key) || Volatile.Read(ref _count) >= Max || !_keys.TryAdd(key, true))
            return false;
        Interlocked.Increment(ref _count);
        return true;
    }
}

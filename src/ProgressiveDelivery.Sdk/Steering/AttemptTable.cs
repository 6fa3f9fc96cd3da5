using System.Collections.ObjectModel;

namespace ProgressiveDelivery.Sdk.Steering;

/// <summary>The entries that hold for one attempt of a flag each, in the order of its keys. Used by one thread at a time.</summary>
/// <param name="keyOf">Returns the key of an entry.</param>
/// <param name="sinceOf">Returns the time since which an entry holds.</param>
internal sealed class AttemptTable<T>(Func<T, AttemptKey> keyOf, Func<T, DateTimeOffset> sinceOf)
    where T : class
{
    /// <summary>The number of entries that are remembered.</summary>
    public const int MaxCount = 10_000;

    private readonly SortedDictionary<AttemptKey, T> _entries = [];
    private ReadOnlyCollection<T>? _all;

    /// <summary>The entries, in the order of their keys. The list stays the same until a change.</summary>
    public IReadOnlyList<T> All => _all ??= Array.AsReadOnly<T>([.. _entries.Values]);

    public T? Find(AttemptKey key) => _entries.GetValueOrDefault(key);

    /// <summary>Adds an entry, in place of the one with its key.</summary>
    public void Put(T entry) => (_entries[keyOf(entry)], _all) = (entry, null);

    /// <summary>Adds an entry unless there is one with its key.</summary>
    public bool TryAdd(T entry)
    {
        var isNew = _entries.TryAdd(keyOf(entry), entry);
        _all = isNew ? null : _all;
        return isNew;
    }

    public void Remove(T entry)
    {
        _entries.Remove(keyOf(entry));
        _all = null;
    }

    /// <summary>Takes out the entries that meet a condition.</summary>
    public IReadOnlyList<T> Take(Func<AttemptKey, bool> isTaken)
    {
        if (_entries.Count == 0)
            return [];
        var taken = All.Where(entry => isTaken(keyOf(entry))).ToList();
        taken.ForEach(Remove);
        return taken;
    }

    /// <summary>Drops entries that are too many: the oldest of flags that are not in use, then the oldest of all. Returns false while there is room.</summary>
    public bool DropExcess(Func<string, bool> isInUse)
    {
        if (_entries.Count <= MaxCount)
            return false;
        foreach (var excess in _entries.Values.OrderBy(entry => isInUse(keyOf(entry).Flag)).ThenBy(sinceOf).Take(_entries.Count - MaxCount).ToList())
            Remove(excess);
        return true;
    }
}

using System.Numerics;

namespace ProgressiveDelivery.Sdk.Evaluation;

/// <summary>
/// A table of values by ordinal key, written once and then only read: open addressing over a hash of all characters. It costs less than half of a
/// FrozenDictionary for keys of usual length, and accepts spans. Building is linear for any keys, since each table hashes with its own secrets.
/// </summary>
internal sealed class StringTable<TValue>
    where TValue : class
{
    private readonly Slot[] _slots;
    private readonly int _mask;
    private readonly NameHash _hash;

    public StringTable(int capacity)
        : this(capacity, NameHash.AtRandom())
    {
    }

    /// <summary>Creates a table that uses the given hash.</summary>
    public StringTable(int capacity, NameHash hash)
    {
        _hash = hash;
        _slots = new Slot[BitOperations.RoundUpToPowerOf2((uint)Math.Max(4, capacity * 2))];
        _mask = _slots.Length - 1;
    }

    private StringTable(Slot[] slots, NameHash hash)
    {
        _hash = hash;
        _slots = slots;
        _mask = slots.Length - 1;
    }

    /// <summary>Copies the table. Values of the copy may be replaced before it is published.</summary>
    public StringTable<TValue> Clone() => new((Slot[])_slots.Clone(), _hash);

    public TValue? Find(ReadOnlySpan<char> key)
    {
        var hash = _hash.Of(key);
        for (var i = (int)hash & _mask; ; i = (i + 1) & _mask)
        {
            ref readonly var slot = ref _slots[i];
            if (slot.Key is null)
                return null;
            if (slot.Hash == hash && key.SequenceEqual(slot.Key))
                return slot.Value;
        }
    }

    /// <summary>Adds a key, or replaces its value. For use only before the table is published.</summary>
    public void Add(string key, TValue value)
    {
        var hash = _hash.Of(key);
        var i = (int)hash & _mask;
        while (_slots[i].Key is { } taken && !string.Equals(taken, key, StringComparison.Ordinal))
            i = (i + 1) & _mask;
        _slots[i] = new(key, hash, value);
    }

    /// <summary>Returns the maximum number of slots that a look-up of any key visits. It is high only if keys collide.</summary>
    public int MaxProbe()
    {
        var longest = 0;
        for (var i = 0; i < _slots.Length; i++)
        {
            if (_slots[i].Key is not null)
                longest = Math.Max(longest, (i - (int)_slots[i].Hash) & _mask);
        }

        return longest;
    }

    private readonly record struct Slot(string Key, uint Hash, TValue Value);
}

internal static class StringTable
{
    /// <summary>Creates a set of texts.</summary>
    public static StringTable<string> OfTexts(IReadOnlyList<string> texts)
    {
        var table = new StringTable<string>(texts.Count);
        foreach (var text in texts)
            table.Add(text, text);
        return table;
    }
}

using System.Numerics;

namespace ProgressiveDelivery.Sdk.Evaluation;

/// <summary>
/// A table of values by ordinal key, written once and then only read: open addressing over a hash of all characters, in which the key farther from its
/// first place goes first (Celis, "Robin Hood Hashing", 1986), so that a key that is not there is known to be missing after about as few slots as one
/// that is. It costs less than half of a FrozenDictionary for keys of usual length, and accepts spans. Building is linear for any keys, since each table
/// hashes with its own secrets.
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

    public TValue? Find(ReadOnlySpan<char> key)
    {
        var hash = _hash.Of(key);
        for (int i = (int)hash & _mask, distance = 0; ; i = (i + 1) & _mask, distance++)
        {
            ref readonly var slot = ref _slots[i];
            if (slot.Key is null)
                return null;
            if (slot.Hash == hash && key.SequenceEqual(slot.Key))
                return slot.Value;
            if (Distance(i, slot.Hash) < distance)
                return null;
        }
    }

    /// <summary>Adds a key, or replaces its value. For use only before the table is published.</summary>
    public void Add(string key, TValue value)
    {
        var added = new Slot(key, _hash.Of(key), value);
        for (int i = (int)added.Hash & _mask, distance = 0; ; i = (i + 1) & _mask, distance++)
        {
            ref var slot = ref _slots[i];
            if (slot.Key is null || (slot.Hash == added.Hash && string.Equals(slot.Key, added.Key, StringComparison.Ordinal)))
            {
                slot = added;
                return;
            }

            var other = Distance(i, slot.Hash);
            if (other < distance)
            {
                (slot, added) = (added, slot);
                distance = other;
            }
        }
    }

    /// <summary>Returns the maximum number of slots that a look-up of any key visits. It is high only if keys collide.</summary>
    public int MaxProbe()
    {
        var longest = 0;
        for (var i = 0; i < _slots.Length; i++)
        {
            if (_slots[i].Key is not null)
                longest = Math.Max(longest, Distance(i, _slots[i].Hash));
        }

        return longest;
    }

    // The slots between the first place of a hash and the one where its key is.
    private int Distance(int place, uint hash) => (place - (int)hash) & _mask;

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

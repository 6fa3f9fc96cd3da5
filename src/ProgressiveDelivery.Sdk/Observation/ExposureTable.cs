using System.Numerics;

namespace ProgressiveDelivery.Sdk.Observation;

/// <summary>
/// Remembers the exposures that are on their way: of each unit and flag the last one, as hashes. A table of sets of four entries; a full set forgets its
/// oldest. Allocates nothing once made. Reading takes no lock: a reader that meets a writer finds nothing, and looks again under the lock.
/// </summary>
internal sealed class ExposureTable
{
    private const int Ways = 4;
    private const int Locks = 64;

    private readonly Entry[] _entries;
    private readonly object[] _locks = new object[Locks];
    private readonly int _mask;
    private readonly long _repeatAfter;
    private bool _hasForgotten;

    /// <summary>Creates a table.</summary>
    /// <param name="capacity">The number of entries; rounded up to a power of two.</param>
    /// <param name="repeatAfter">The ticks of the clock after which an entry no longer counts.</param>
    public ExposureTable(int capacity, long repeatAfter)
    {
        var sets = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(Locks, capacity / Ways));
        _entries = new Entry[sets * Ways];
        _mask = sets - 1;
        _repeatAfter = repeatAfter;
        for (var i = 0; i < Locks; i++)
            _locks[i] = new();
    }

    /// <summary>Returns the lock to hold between the last look and <see cref="Set"/>.</summary>
    public object LockOf(UInt128 key) => _locks[(int)(ulong)key & (Locks - 1)];

    /// <summary>Indicates whether an entry was lost to another key.</summary>
    public bool HasForgotten => Volatile.Read(ref _hasForgotten);

    /// <summary>Returns whether the last exposure of the key was the same, under the same design, and not too long ago.</summary>
    public bool IsKnown(UInt128 key, in ExposureMark mark, long now)
    {
        var first = First(key);
        for (var i = first; i < first + Ways; i++)
        {
            ref var entry = ref _entries[i];
            var version = Volatile.Read(ref entry.Version);
            if ((version & 1) != 0 || Volatile.Read(ref entry.Low) != (ulong)key || Volatile.Read(ref entry.High) != (ulong)(key >> 64))
                continue;
            // A clock that went back makes an entry no older.
            var isSame = Volatile.Read(ref entry.State) == mark.State && Volatile.Read(ref entry.Design) == mark.Design && now - Volatile.Read(ref entry.At) < _repeatAfter && version > 0;
            return isSame && Volatile.Read(ref entry.Version) == version;
        }

        return false;
    }

    /// <summary>Returns the last exposure of the key; the default if none is remembered. Its key's lock is held.</summary>
    /// <param name="key">The key.</param>
    /// <param name="now">The time.</param>
    /// <param name="isRecent">True if it need not be repeated yet.</param>
    public ExposureMark Last(UInt128 key, long now, out bool isRecent)
    {
        ref readonly var entry = ref _entries[PlaceFor(key)];
        var isKnown = entry.Version > 0 && Holds(in entry, key);
        isRecent = isKnown && now - entry.At < _repeatAfter;
        return isKnown ? new(entry.State, entry.Experiment, entry.Variant, entry.Design) : default;
    }

    /// <summary>Notes that an exposure that is remembered was made under another design. Its key's lock is held.</summary>
    public void SetDesign(UInt128 key, in ExposureMark mark) => Set(key, in mark, _entries[PlaceFor(key)].At);

    /// <summary>Remembers an exposure. Its key's lock is held.</summary>
    public void Set(UInt128 key, in ExposureMark mark, long now)
    {
        ref var entry = ref _entries[PlaceFor(key)];
        if (entry.Version > 0 && !Holds(in entry, key))
            Volatile.Write(ref _hasForgotten, true);
        Interlocked.Increment(ref entry.Version);
        entry.Low = (ulong)key;
        entry.High = (ulong)(key >> 64);
        entry.State = mark.State;
        entry.At = now;
        entry.Experiment = mark.Experiment;
        entry.Variant = mark.Variant;
        entry.Design = mark.Design;
        Volatile.Write(ref entry.Version, entry.Version + 1);
    }

    private int First(UInt128 key) => ((int)(ulong)key & _mask) * Ways;

    // The key's own entry, or a free one, or the oldest.
    private int PlaceFor(UInt128 key)
    {
        var first = First(key);
        var oldest = first;
        for (var i = first; i < first + Ways; i++)
        {
            ref readonly var entry = ref _entries[i];
            if (entry.Version > 0 && Holds(in entry, key))
                return i;
            if (entry.Version == 0)
                oldest = _entries[oldest].Version == 0 ? oldest : i;
            else if (_entries[oldest].Version > 0 && entry.At < _entries[oldest].At)
                oldest = i;
        }

        return oldest;
    }

    private static bool Holds(in Entry entry, UInt128 key) => entry.Low == (ulong)key && entry.High == (ulong)(key >> 64);

    private struct Entry
    {
        public ulong Low;
        public ulong High;
        public ulong State;
        public long At;
        public uint Experiment;
        public uint Variant;
        public uint Design;

        /// <summary>0 while the entry is free, odd while it is written.</summary>
        public int Version;
    }
}

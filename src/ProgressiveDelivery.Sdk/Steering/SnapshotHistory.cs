using ProgressiveDelivery.Sdk.Snapshots;
namespace ProgressiveDelivery.Sdk.Steering;

/// <summary>The last accepted snapshots, newest first, ready to be put in force again. Used by one thread at a time.</summary>
internal sealed class SnapshotHistory(int length, FeatureSnapshot first)
{
    private readonly List<HistoryEntry> _entries = [];

    public IReadOnlyList<HistoryEntry> Entries => _entries;

    public HistoryEntry? Newest => _entries.FirstOrDefault();

    /// <summary>The lowest version, which need not be the oldest one's once an operator had a lower one accepted; 0 when there is none.</summary>
    public long LowestVersion => _entries.Count > 0 ? _entries.Min(entry => entry.Version) : 0;

    /// <summary>Adds a snapshot, which is the newest from now on, and forgets the oldest where there are too many.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="at">The time of its acceptance.</param>
    /// <param name="source">The source's name, or the file's path.</param>
    /// <param name="kept">The entry that is not forgotten, however old.</param>
    public HistoryEntry Add(FeatureSnapshot snapshot, DateTimeOffset at, string source, HistoryEntry? kept)
    {
        var entry = new HistoryEntry(snapshot, at, source, Newest?.Snapshot ?? first);
        _entries.Insert(0, entry);
        Trim(kept);
        return entry;
    }

    /// <summary>Adds a snapshot at the place of its version, after newer ones.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="at">The time of its acceptance.</param>
    /// <param name="source">The source's name, or the file's path.</param>
    /// <param name="isOldest">True if all others came after it, whatever their versions.</param>
    public HistoryEntry Insert(FeatureSnapshot snapshot, DateTimeOffset at, string source, bool isOldest)
    {
        if (Find(snapshot.Version) is { } known)
            return known;
        var newer = isOldest ? -1 : _entries.FindIndex(entry => entry.Version < snapshot.Version);
        var place = newer < 0 ? _entries.Count : newer;
        var entry = new HistoryEntry(snapshot, at, source, _entries.ElementAtOrDefault(place)?.Snapshot ?? first);
        _entries.Insert(place, entry);
        Trim(entry);
        return entry;
    }

    /// <summary>Replaces the newest entry by one of the same version, from elsewhere or with other words.</summary>
    public HistoryEntry Replace(FeatureSnapshot snapshot, DateTimeOffset at, string source)
    {
        _entries.RemoveAt(0);
        return Add(snapshot, at, source, kept: null);
    }

    public HistoryEntry? Find(long version) => _entries.Find(entry => entry.Version == version);

    public HistoryEntry? Older(HistoryEntry than) => _entries.ElementAtOrDefault(_entries.IndexOf(than) + 1);

    public HistoryEntry? Newer(HistoryEntry than) => _entries.IndexOf(than) is var index && index > 0 ? _entries[index - 1] : null;

    private void Trim(HistoryEntry? kept)
    {
        while (_entries.Count > length && _entries.FindLastIndex(old => old != kept) is var oldest and > 0)
            _entries.RemoveAt(oldest);
    }
}

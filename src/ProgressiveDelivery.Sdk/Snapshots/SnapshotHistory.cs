namespace ProgressiveDelivery.Sdk.Snapshots;

/// <summary>The last accepted snapshots, newest first, ready to be put in force again. Used by one thread at a time.</summary>
internal sealed class SnapshotHistory(int length, FeatureSnapshot first)
{
    private readonly List<HistoryEntry> _entries = [];

    public IReadOnlyList<HistoryEntry> Entries => _entries;

    public HistoryEntry? Newest => _entries.FirstOrDefault();

    /// <summary>The version of the oldest one; 0 when there is none.</summary>
    public long OldestVersion => _entries.LastOrDefault()?.Version ?? 0;

    /// <summary>Adds a snapshot, which is the newest from now on, and forgets the oldest where there are too many.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="at">When it was accepted.</param>
    /// <param name="source">The source's name, or the file's path.</param>
    /// <param name="kept">What is not forgotten, however old.</param>
    public HistoryEntry Add(FeatureSnapshot snapshot, DateTimeOffset at, string source, HistoryEntry? kept)
    {
        var entry = new HistoryEntry(snapshot, at, source, Newest?.Snapshot ?? first);
        _entries.Insert(0, entry);
        while (_entries.Count > length && _entries.FindLastIndex(old => old != kept) is var oldest and > 0)
            _entries.RemoveAt(oldest);
        return entry;
    }

    /// <summary>Has the newest one, of the same version, come from elsewhere, or by other words.</summary>
    public HistoryEntry Replace(FeatureSnapshot snapshot, DateTimeOffset at, string source)
    {
        _entries.RemoveAt(0);
        return Add(snapshot, at, source, kept: null);
    }

    public HistoryEntry? Find(long version) => _entries.Find(entry => entry.Version == version);

    public HistoryEntry? Older(HistoryEntry than) => _entries.ElementAtOrDefault(_entries.IndexOf(than) + 1);

    public HistoryEntry? Newer(HistoryEntry than) => _entries.IndexOf(than) is var index && index > 0 ? _entries[index - 1] : null;
}

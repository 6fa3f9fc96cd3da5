using System.Buffers;
using System.Globalization;
using ProgressiveDelivery.Sdk.Fallback;
using ProgressiveDelivery.Sdk.Observation;
using ProgressiveDelivery.Sdk.Sources.Files;

namespace ProgressiveDelivery.Sdk.Reporting.Spill;

/// <summary>
/// The files of one sink's spill: JSON lines, in segments that are one batch each. Every run of a process writes segments of its own, under a lock that ends with the
/// process; segments whose lock is free are adopted. All members do disk work, and are called one at a time.
/// </summary>
internal sealed class SpillStore
{
    private readonly SpillDisk _disk;
    private readonly EventPipelineOptions _options;
    private readonly string _folder;
    private readonly string _stem;
    private readonly string _owner = Guid.NewGuid().ToString("N");
    private readonly Dictionary<string, IDisposable> _locks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _segments = new(StringComparer.Ordinal);
    private readonly List<SpillSegment> _ended = [];
    private readonly ArrayBufferWriter<byte> _lines = new();
    private SpillSegment? _current;
    private IEventFile? _file;
    private int _number;

    /// <param name="folder">The folder; made with the first segment.</param>
    /// <param name="client">The client's name for people.</param>
    /// <param name="sink">The sink's name.</param>
    /// <param name="options">The limits of a batch.</param>
    /// <param name="disk">The disk.</param>
    public SpillStore(string folder, string client, string sink, EventPipelineOptions options, SpillDisk disk)
    {
        (_folder, _options, _disk) = (folder, options, disk);
        _stem = Path.GetFileName(FallbackPath.Of(folder, client, sink));
    }

    public string Folder => _folder;

    /// <summary>The thread to call it on.</summary>
    public DiskThread Thread => _disk.Thread;

    /// <summary>Appends events to the current segment, or to a new one if they do not fit. They are on the device when it returns.</summary>
    /// <param name="batch">The events.</param>
    /// <param name="maxBytes">The size of a segment, about.</param>
    /// <returns>The number of bytes.</returns>
    public long Append(EventBatch batch, int maxBytes)
    {
        Serialize(batch);
        if (_file is null || _current is not { } current || current.Items + batch.Items > _options.MaxBatchEvents || current.Bytes + _lines.WrittenCount > maxBytes)
            Begin(Guid.NewGuid().ToString("N"));
        return Write(batch);
    }

    /// <summary>Writes a batch that has been attempted to a segment of its own, which keeps its id.</summary>
    /// <returns>The number of bytes.</returns>
    public long Keep(EventBatch batch)
    {
        Serialize(batch);
        Begin(batch.Id);
        _current!.FirstAttempt = batch.FirstAttempt;
        var bytes = Write(batch);
        EndCurrent();
        return bytes;
    }

    /// <summary>Ends the current segment, so that it can be read.</summary>
    public void EndCurrent()
    {
        CloseFile();
        if (_current is { Items: > 0 } ended)
            _ended.Add(ended);
        else if (_current is { } empty)
            DeleteEmpty(empty);
        _current = null;
    }

    /// <summary>Returns the segments that have ended, or were adopted, since the last call.</summary>
    public List<SpillSegment> TakeEnded()
    {
        List<SpillSegment> ended = [.. _ended];
        _ended.Clear();
        return ended;
    }

    /// <summary>Reads a segment.</summary>
    public async ValueTask<SpillReading> ReadAsync(SpillSegment segment)
    {
        var limit = segment.IsCounted ? segment.Bytes : Array.MaxLength;
        var bytes = await _disk.Files.ReadAsync(segment.Path, (int)Math.Min(limit, Array.MaxLength), CancellationToken.None).ConfigureAwait(false);
        var (events, counts, damaged) = (new List<FeatureEvent>(), new List<EventCount>(), 0);
        for (var rest = bytes.AsMemory(); rest.Length > 0;)
        {
            var end = rest.Span.IndexOf((byte)'\n');
            var isWhole = end >= 0 && EventJsonReader.TryRead(rest[..end], events, counts);
            damaged += isWhole ? 0 : 1;
            rest = end < 0 ? default : rest[(end + 1)..];
        }

        return new(new(segment.Id, events, counts) { FirstAttempt = segment.FirstAttempt }, damaged);
    }

    /// <summary>Deletes a segment, and the lock of an earlier run with its last one.</summary>
    public void Delete(SpillSegment segment)
    {
        _disk.Files.Delete(segment.Path);
        if (--_segments[segment.Owner] == 0 && segment.Owner != _owner)
            Release(segment.Owner);
    }

    /// <summary>Takes over the segments of runs that have ended, the oldest of each first, and locks them for this one.</summary>
    /// <returns>The number of bytes.</returns>
    public long Adopt()
    {
        var bytes = 0L;
        var owners = Find("lock").Concat(Find("jsonl")).Select(OwnerOf).OfType<string>().Distinct(StringComparer.Ordinal).Where(owner => !_locks.ContainsKey(owner)).ToList();
        foreach (var owner in owners)
        {
            if (_disk.TryLock(LockOf(owner)) is { } taken)
                bytes += Adopt(owner, taken);
        }

        return bytes;
    }

    /// <summary>Ends the current segment, and releases all locks: another run may adopt what is left.</summary>
    public void Close()
    {
        EndCurrent();
        _ended.Clear();
        foreach (var owner in _locks.Keys.ToList())
            Release(owner);
    }

    private long Adopt(string owner, IDisposable taken)
    {
        try
        {
            // Looked for under the lock: the owner may have deleted some before.
            var segments = Find("jsonl").Where(path => OwnerOf(path) == owner).Order(StringComparer.Ordinal).Select(Open).ToList();
            _locks.Add(owner, taken);
            _segments[owner] = segments.Count;
            _ended.AddRange(segments);
            if (segments.Count == 0)
                Release(owner);
            return segments.Sum(static segment => segment.Bytes);
        }
        catch (Exception) when (!_locks.ContainsKey(owner))
        {
            taken.Dispose();
            throw;
        }
    }

    private void Begin(string id)
    {
        EndCurrent();
        if (!_locks.ContainsKey(_owner))
            _locks.Add(_owner, _disk.TryLock(LockOf(_owner)) ?? throw new IOException($"Lock file '{LockOf(_owner)}' cannot be made."));
        var path = Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"{_stem}.{_owner}.{_number++:D10}.{id}.jsonl"));
        _file = _disk.Create(path);
        _current = new(path, _owner, id) { IsCounted = true };
        _segments[_owner] = _segments.GetValueOrDefault(_owner) + 1;
    }

    private void Serialize(EventBatch batch)
    {
        _lines.ResetWrittenCount();
        EventJson.WriteLines(_lines, batch);
    }

    private long Write(EventBatch batch)
    {
        var (file, segment) = (_file!, _current!);
        try
        {
            file.Append(_lines.WrittenSpan);
        }
        catch (Exception)
        {
            Restore(file, segment);
            throw;
        }

        segment.Bytes += _lines.WrittenCount;
        segment.Items += batch.Items;
        segment.Events += batch.Recorded;
        return _lines.WrittenCount;
    }

    // If the file cannot be cut, it takes no more: only the bytes that are known to be good are read.
    private void Restore(IEventFile file, SpillSegment segment)
    {
        try
        {
            file.Truncate(segment.Bytes);
        }
        catch (Exception)
        {
            CloseFile();
        }
    }

    private void DeleteEmpty(SpillSegment empty)
    {
        try
        {
            Delete(empty);
        }
        catch (Exception)
        {
            // It holds nothing that counts; the next run deletes it.
        }
    }

    private void CloseFile()
    {
        try
        {
            _file?.Dispose();
        }
        catch (Exception)
        {
            // Every event that counts as spilled is on the device.
        }

        _file = null;
    }

    private void Release(string owner)
    {
        if (!_locks.Remove(owner, out var taken))
            return;
        taken.Dispose();
        if (_segments.GetValueOrDefault(owner) == 0)
            DeleteLock(owner);
    }

    private void DeleteLock(string owner)
    {
        try
        {
            _disk.Files.Delete(LockOf(owner));
        }
        catch (Exception)
        {
            // An empty file; the next run deletes it.
        }
    }

    private SpillSegment Open(string path)
    {
        var parts = Path.GetFileName(path).Split('.');
        return new(path, parts[1], string.Join('.', parts[3..^1])) { Bytes = _disk.Files.Look(path)?.Length ?? 0 };
    }

    private IEnumerable<string> Find(string extension) => _disk.Files.Find(_folder, $"{_stem}.*.{extension}");

    private string LockOf(string owner) => Path.Combine(_folder, $"{_stem}.{owner}.lock");

    // "shop-<hash>.<owner>.<number>.<id>.jsonl" and "shop-<hash>.<owner>.lock"; the id of half of a batch has dots too.
    private static string? OwnerOf(string path) => Path.GetFileName(path).Split('.') switch
    {
        [_, var owner, "lock"] => owner,
        [_, var owner, _, _, .., "jsonl"] => owner,
        _ => null,
    };
}

using System.Buffers;
using System.Text;
using ProgressiveDelivery.Sdk.Sources.Files;

namespace ProgressiveDelivery.Sdk.Experiments;

/// <summary>
/// A file of assignments that several processes of one machine share. Lines are only appended, under a lock; the last line of a key counts. When most lines are
/// outdated, the file is written anew. Its first line names this writing. Each member may throw what a disk throws, and may hang: for the disk's thread alone.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="capacity">The number of assignments that it keeps.</param>
/// <param name="files">The disk.</param>
internal sealed class AssignmentFile(string path, int capacity, IFileSystem files)
{
    private const int MaxBytes = 1 << 30;
    private const int MinOutdated = 1_000;
    private const int HeaderLength = 51;

    private readonly AssignmentIndex _index = new(capacity);
    private byte[] _header = [];
    private byte[] _torn = [];
    private FileStamp? _stamp;
    private long _offset;
    private long _lines;

    /// <summary>Reads what other processes have written.</summary>
    public async ValueTask CatchUpAsync(CancellationToken cancellationToken)
    {
        var stamp = files.Look(path);
        if (stamp is { Length: > 0 } && stamp == _stamp)
            return;
        if (stamp is not { Length: > 0 } there)
            Begin([]);
        else if (there.Length > MaxBytes)
            throw new IOException($"File '{path}' has {there.Length} bytes, and may have {MaxBytes}. Delete it, and the assignments in it, or keep fewer.");
        else if (!await TryReadOnAsync(there, cancellationToken).ConfigureAwait(false))
            ReadAnew(await files.ReadAsync(path, MaxBytes, cancellationToken).ConfigureAwait(false));
        _stamp = stamp;
    }

    public StoredAssignment? Find(AssignmentKey key) => _index.Find(key);

    /// <summary>Stores the proposals that the file's assignments allow.</summary>
    /// <returns>The assignments stored after it, in order; null while another process has the lock.</returns>
    public async ValueTask<StoredAssignment[]?> TryAssignAsync(IReadOnlyList<AssignmentProposal> proposals, CancellationToken cancellationToken)
    {
        using var taken = files.TryLock($"{path}.lock");
        if (taken is null)
            return null;
        await CatchUpAsync(cancellationToken).ConfigureAwait(false);
        Take(_torn, isWhole: true);     // a line that lacks its end alone
        var written = new Dictionary<AssignmentKey, StoredAssignment>();
        var winners = new StoredAssignment[proposals.Count];
        for (var i = 0; i < winners.Length; i++)
        {
            var (key, assignment, replaces) = proposals[i];
            var current = written.TryGetValue(key, out var just) ? just : _index.Find(key);
            winners[i] = current is null || (current == replaces && current != assignment) ? written[key] = assignment : current.Value;
        }

        if (written.Count > 0)
            await WriteAsync(written, cancellationToken).ConfigureAwait(false);
        return winners;
    }

    private async ValueTask WriteAsync(Dictionary<AssignmentKey, StoredAssignment> written, CancellationToken cancellationToken)
    {
        _stamp = null;      // if it fails, any part of it may be there
        if (_header.Length == 0 || _lines + written.Count > (2L * (_index.Count + written.Count)) + MinOutdated)
            await WriteAnewAsync(written, cancellationToken).ConfigureAwait(false);
        else
            await AppendAsync(written, cancellationToken).ConfigureAwait(false);
        foreach (var (key, assignment) in written)
            _index.Set(key, assignment);
        (_torn, _stamp) = ([], files.Look(path));
        _offset = _stamp?.Length ?? 0;
    }

    private async ValueTask AppendAsync(Dictionary<AssignmentKey, StoredAssignment> written, CancellationToken cancellationToken)
    {
        var lines = new ArrayBufferWriter<byte>();
        if (_torn.Length > 0)
            lines.Write([AssignmentLine.End]);
        foreach (var (key, assignment) in written)
            AssignmentLine.Write(lines, key, assignment);
        await files.AppendAsync(path, lines.WrittenMemory, cancellationToken).ConfigureAwait(false);
        _lines += written.Count;
    }

    private async ValueTask WriteAnewAsync(Dictionary<AssignmentKey, StoredAssignment> written, CancellationToken cancellationToken)
    {
        var all = new AssignmentIndex(capacity);
        foreach (var (key, assignment) in _index.All.Concat(written))
            all.Set(key, assignment);
        var header = Encoding.ASCII.GetBytes($"{{\"assignments\":\"{Guid.NewGuid():N}\"}}\n");
        var lines = new ArrayBufferWriter<byte>();
        lines.Write(header);
        foreach (var (key, assignment) in all.All)
            AssignmentLine.Write(lines, key, assignment);
        files.Delete($"{path}.tmp");
        await files.WriteAsync($"{path}.tmp", [lines.WrittenMemory], cancellationToken).ConfigureAwait(false);
        files.Replace($"{path}.tmp", path);
        (_header, _lines) = (header, all.Count);
    }

    // The tail first: if the first line is still the same after that, the tail belongs to it.
    private async ValueTask<bool> TryReadOnAsync(FileStamp stamp, CancellationToken cancellationToken)
    {
        if (_header.Length == 0 || stamp.Length < _offset)
            return false;
        var tail = await files.ReadAsync(path, _offset, MaxBytes, cancellationToken).ConfigureAwait(false);
        var header = await files.ReadAsync(path, HeaderLength, cancellationToken).ConfigureAwait(false);
        if (!header.AsSpan().SequenceEqual(_header))
            return false;
        Take(tail);
        return true;
    }

    private void ReadAnew(byte[] content)
    {
        var header = content.AsSpan(0, Math.Min(HeaderLength, content.Length));
        if (header.Length < HeaderLength || !header.StartsWith("{\"assignments\":\""u8) || header[^1] != AssignmentLine.End)
            throw new IOException($"File '{path}' is no file of assignments. Give another path, or delete it.");
        Begin(header.ToArray());
        Take(content.AsSpan(HeaderLength));
    }

    private void Begin(byte[] header)
    {
        _index.Clear();
        (_header, _torn, _offset, _lines) = (header, [], header.Length, 0);
    }

    private void Take(ReadOnlySpan<byte> bytes, bool isWhole = false)
    {
        while (bytes.IndexOf(AssignmentLine.End) is >= 0 and var end)
        {
            TakeLine(bytes[..end]);
            _offset += end + 1;
            bytes = bytes[(end + 1)..];
        }

        if (isWhole)
            TakeLine(bytes);
        else
            _torn = bytes.ToArray();
    }

    private void TakeLine(ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty)
            return;
        _lines++;
        if (AssignmentLine.TryRead(line, out var key, out var assignment))
            _index.Set(key, assignment);
    }
}

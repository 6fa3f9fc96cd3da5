using System.Globalization;
using ProgressiveDelivery.Sdk.Sources.Files;
using ProgressiveDelivery.Sdk.Sources.Signing;

namespace ProgressiveDelivery.Sdk.Fallback;

/// <summary>
/// The last accepted snapshots, kept on disk for a start without a backend: each a file of its own, named by its version. A new one
/// is written beside the old ones, which go only when it is there; so a crash, a full disk or a damaged sector costs one of
/// them at most. Neither reading nor writing throws for faults of a disk. Several processes may share the folder.
/// </summary>
internal sealed class SnapshotGenerations : IFallbackPlace
{
    private const string Extension = ".snapshot";

    private readonly string _stem;
    private readonly int _count;
    private readonly IFileSystem _files;
    private readonly WholeFiles _writer;
    private readonly StoredSnapshotReader _reader;

    /// <param name="stem">The folder and the beginning of the files' names, as <see cref="FallbackPath"/> makes it.</param>
    /// <param name="formats">The names of the formats that can be read back.</param>
    /// <param name="maximumBytes">The limit on the bytes of one read back, and so on those written.</param>
    /// <param name="count">The number kept.</param>
    /// <param name="files">The disk.</param>
    /// <param name="time">Dates temporary files, to find abandoned ones.</param>
    public SnapshotGenerations(string stem, IReadOnlyCollection<string> formats, int maximumBytes, int count, IFileSystem files, TimeProvider time)
    {
        (_stem, _count, _files) = (System.IO.Path.GetFullPath(stem), count, files);
        _writer = new(_stem, maximumBytes, files, time);
        _reader = new(formats, maximumBytes, files);
    }

    public string Path => $"{_stem}.*{Extension}";

    /// <summary>Returns the files, the newest first; none, with the fault, if the folder cannot be read.</summary>
    public IReadOnlyList<Generation> Find(out string? fault)
    {
        fault = null;
        try
        {
            return [.. All().OrderByDescending(generation => generation.Version)];
        }
        catch (Exception e)
        {
            fault = $"Last-known-good files '{Path}' cannot be looked for: {e.Message}";
            return [];
        }
    }

    public ValueTask<FallbackReading> ReadAsync(long version, CancellationToken cancellationToken) => _reader.ReadAsync(PathOf(version), cancellationToken);

    public async ValueTask<FallbackWriting> WriteAsync(StoredSnapshot stored, CancellationToken cancellationToken)
    {
        var path = PathOf(stored.Version);
        var there = await _reader.ReadAsync(path, cancellationToken).ConfigureAwait(false);
        var isThere = there.Format == stored.Format && IsSame(there.Texts, stored.Texts);
        var writing = isThere ? default : await _writer.WriteAsync(path, stored, cancellationToken).ConfigureAwait(false);
        if (writing.IsDone && stored.Supersedes) SetNewerAside(stored.Version);
        if (writing.IsDone && !isThere) Prune(stored.Version);
        return writing;
    }

    /// <summary>Takes a damaged file out of the way, for people to look at; the one before it goes.</summary>
    public void SetAside(Generation damaged) => WholeFiles.Try(() => _files.Replace(damaged.Path, $"{_stem}.damaged"));

    /// <summary>Removes the temporary files that killed writers left behind, of all files with this stem.</summary>
    public void Sweep() => _writer.Sweep();

    // A start would use them, and later snapshots would be rejected. The highest one stays for people to look at.
    private void SetNewerAside(long version)
    {
        foreach (var newer in Find(out _).Where(generation => generation.Version > version).OrderBy(generation => generation.Version))
            WholeFiles.Try(() => _files.Replace(newer.Path, $"{_stem}.superseded"));
    }

    private string PathOf(long version) => string.Create(CultureInfo.InvariantCulture, $"{_stem}.{version:D19}{Extension}");

    private IEnumerable<Generation> All()
    {
        foreach (var path in _files.Find(System.IO.Path.GetDirectoryName(_stem)!, $"{System.IO.Path.GetFileName(_stem)}.*{Extension}"))
            if (long.TryParse(path.AsSpan()[(_stem.Length + 1)..^Extension.Length], NumberStyles.None, CultureInfo.InvariantCulture, out var version))
                yield return new(version, path);
    }

    // A file newer than the snapshot just accepted is another process's, or was rejected at the start: it is left alone.
    private void Prune(long written)
    {
        foreach (var old in Find(out _).Where(generation => generation.Version <= written).Skip(_count))
            WholeFiles.Try(() => _files.Delete(old.Path));
    }

    private static bool IsSame(IReadOnlyList<SignedText> one, IReadOnlyList<SignedText> other) =>
        one.Count == other.Count && one.Zip(other).All(both =>
            both.First.Bytes.Span.SequenceEqual(both.Second.Bytes.Span) && both.First.Signature?.ToString() == both.Second.Signature?.ToString());
}

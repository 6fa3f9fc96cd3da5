using System.Globalization;
using ProgressiveDelivery.Sdk.Sources.Files;
using ProgressiveDelivery.Sdk.Sources.Signing;

namespace ProgressiveDelivery.Sdk.Fallback;

/// <summary>
/// The last accepted snapshots, kept on disk for a start without a backend: each a file of its own, named by its version. A new one
/// is written beside the old ones, which go only when it is there; so a crash, a full disk or a damaged sector costs one of
/// them at most. Neither reading nor writing throws for what a disk does. Several processes may share the folder.
/// </summary>
internal sealed class SnapshotGenerations : IFallbackPlace
{
    private const string Extension = ".snapshot";

    // A document, and patches that are no larger than it, or no larger than a megabyte, with their heads.
    private const int RoomForPatches = 4 * 1024 * 1024;

    private readonly string _stem;
    private readonly int _count;
    private readonly IFileSystem _files;
    private readonly WholeFiles _writer;
    private readonly StoredSnapshotReader _reader;

    /// <param name="stem">The folder, and how the files' names begin, as <see cref="FallbackPath"/> makes it.</param>
    /// <param name="formats">The names of the formats that can be read back.</param>
    /// <param name="maximumBytes">The longest document that is read back.</param>
    /// <param name="count">How many are kept.</param>
    /// <param name="files">The disk.</param>
    /// <param name="time">Tells which temporary files were abandoned.</param>
    public SnapshotGenerations(string stem, IReadOnlyCollection<string> formats, int maximumBytes, int count, IFileSystem files, TimeProvider time)
    {
        (_stem, _count, _files) = (System.IO.Path.GetFullPath(stem), count, files);
        _writer = new(_stem, files, time);
        _reader = new(formats, (int)Math.Min((2L * maximumBytes) + RoomForPatches, Array.MaxLength), files);
    }

    public string Path => $"{_stem}.*{Extension}";

    /// <summary>What is there, the newest first; empty, with what is wrong, where the folder cannot be looked at.</summary>
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
        if (there.Format == stored.Format && IsSame(there.Texts, stored.Texts)) return default;

        var writing = await _writer.WriteAsync(path, stored, cancellationToken).ConfigureAwait(false);
        if (writing.IsDone) Prune(stored.Version);
        return writing;
    }

    /// <summary>Takes a damaged file out of the way, for people to look at; the one before it goes.</summary>
    public void SetAside(Generation damaged) => WholeFiles.Try(() => _files.Replace(damaged.Path, $"{_stem}.damaged"));

    private string PathOf(long version) => string.Create(CultureInfo.InvariantCulture, $"{_stem}.{version:D19}{Extension}");

    private IEnumerable<Generation> All()
    {
        foreach (var path in _files.Find(System.IO.Path.GetDirectoryName(_stem)!, $"{System.IO.Path.GetFileName(_stem)}.*{Extension}"))
            if (long.TryParse(path.AsSpan()[(_stem.Length + 1)..^Extension.Length], NumberStyles.None, CultureInfo.InvariantCulture, out var version))
                yield return new(version, path);
    }

    // What is newer than what was just accepted is another process's, or was refused at the start: not ours to judge.
    private void Prune(long written)
    {
        foreach (var old in Find(out _).Where(generation => generation.Version <= written).Skip(_count))
            WholeFiles.Try(() => _files.Delete(old.Path));
    }

    private static bool IsSame(IReadOnlyList<SignedText> one, IReadOnlyList<SignedText> other) =>
        one.Count == other.Count && one.Zip(other).All(both =>
            both.First.Bytes.Span.SequenceEqual(both.Second.Bytes.Span) && both.First.Signature?.ToString() == both.Second.Signature?.ToString());
}

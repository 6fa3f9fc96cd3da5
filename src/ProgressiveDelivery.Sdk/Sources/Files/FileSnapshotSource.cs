using System.IO.Hashing;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Sources.Files;

/// <summary>
/// Reads a file that others replace: by writing into it, by renaming over it, by swapping a linked folder. It polls, and has no
/// watcher: a look costs microseconds, works on every volume and mount, and sees the final state whatever was missed between.
/// </summary>
internal sealed class FileSnapshotSource : ISnapshotSource
{
    private const int MostLooks = 10;
    private static readonly TimeSpan SettlingTime = TimeSpan.FromMilliseconds(100);

    private readonly FileSourceOptions _options;
    private readonly IFileSystem _files;
    private readonly TimeProvider _time;
    private readonly string _path;
    private Known? _known;
    private (SnapshotReading Reading, Known Known)? _offered;

    public FileSnapshotSource(FileSourceOptions options, ISnapshotFormat format, IFileSystem files, TimeProvider time)
    {
        (_options, _files, _time) = (options, files, time);
        _path = Path.GetFullPath(options.Path);
        Format = format;
    }

    public string Name => _options.Path;

    public ISnapshotFormat Format { get; }

    public async ValueTask<SnapshotReading> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await ReadSettledAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not (SnapshotSourceException or OperationCanceledException))
        {
            throw new SnapshotSourceException($"File '{Name}' cannot be read: {e.Message} It stays watched.", e);
        }
    }

    public void Acknowledge(SnapshotReading reading)
    {
        if (_offered is { } offered && ReferenceEquals(offered.Reading, reading)) _known = offered.Known;
    }

    public async ValueTask WaitForChangeAsync(CancellationToken cancellationToken) =>
        await Task.Delay(_options.PollingInterval, _time, cancellationToken).ConfigureAwait(false);

    private async ValueTask<SnapshotReading> ReadSettledAsync(CancellationToken cancellationToken)
    {
        FileStamp? before = null;
        for (var look = 0; look < MostLooks; look++)
        {
            if (look > 0) await Task.Delay(SettlingTime, _time, cancellationToken).ConfigureAwait(false);

            var seen = _files.Look(_path);
            var isSettled = look > 0 && seen == before;
            before = seen;
            if (seen is not { Length: > 0 } stamp)
            {
                // As it is in the moment of being replaced.
                if (isSettled) throw Nothing(seen);
                continue;
            }

            if (stamp.Length > _options.MaximumBytes) throw TooLarge(stamp.Length);
            if (_known is { IsConfirmed: true } known && known.Stamp == stamp) return SnapshotReading.Current;
            if (await ReadWholeAsync(stamp, cancellationToken).ConfigureAwait(false) is { } document && (isSettled || IsSnapshot(document)))
                return Offer(stamp, document);
        }

        throw new SnapshotSourceException(
            $"File '{Name}' changed each time it was looked at. It stays watched; replace it by renaming a finished file over it.");
    }

    private SnapshotSourceException Nothing(FileStamp? seen) => new(seen is null
        ? $"File '{Name}' does not exist. It stays watched; write a snapshot there, or correct the path."
        : $"File '{Name}' is empty. It stays watched; write a snapshot into it.");

    // Null: it changed while it was read.
    private async ValueTask<byte[]?> ReadWholeAsync(FileStamp stamp, CancellationToken cancellationToken)
    {
        try
        {
            var document = await _files.ReadAsync(stamp.Target, _options.MaximumBytes, cancellationToken).ConfigureAwait(false);
            return document.Length == stamp.Length && _files.Look(_path) == stamp ? document : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private bool IsSnapshot(byte[] document) => Format.Read(document).Definition is not null;

    private SnapshotReading Offer(FileStamp stamp, byte[] document)
    {
        var hash = XxHash128.HashToUInt128(document);
        if (_known is { } known && known.Hash == hash)
        {
            _known = new(stamp, hash, IsConfirmed: known.Stamp == stamp);
            return SnapshotReading.Current;
        }

        var reading = SnapshotReading.OfDocument(document);
        _offered = (reading, new(stamp, hash, IsConfirmed: false));
        return reading;
    }

    private SnapshotSourceException TooLarge(long length) =>
        new($"File '{Name}' has {length} bytes, more than the {_options.MaximumBytes} that are allowed. Make it smaller, or raise MaximumBytes.")
        {
            Kind = FeatureClientFaultKind.InvalidSnapshot,
        };

    // A stamp is believed only after the content was seen to be the same under it at two polls: two writes within one tick of
    // the file system's clock leave the same stamp.
    private sealed record Known(FileStamp Stamp, UInt128 Hash, bool IsConfirmed);
}

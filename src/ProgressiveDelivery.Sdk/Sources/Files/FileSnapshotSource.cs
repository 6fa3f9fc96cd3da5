using System.Globalization;
using System.IO.Hashing;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Sources.Signing;

namespace ProgressiveDelivery.Sdk.Sources.Files;

/// <summary>
/// Reads a file that others replace: by writing into it, by renaming over it, by swapping a linked folder. It polls, and has no
/// watcher: a look costs microseconds, works on every volume and mount, and sees the final state whatever was missed between. Where
/// only signed snapshots are trusted, the file and its signature are looked at and read as one.
/// </summary>
internal sealed class FileSnapshotSource : IRestartableSource, IDescribedSource
{
    private const int MaxLooks = 10;
    private static readonly TimeSpan SettlingTime = TimeSpan.FromMilliseconds(100);

    // The limit on rereading a file without a sign of change, in bytes a second.
    private const double BytesReadAgain = 64 * 1024;

    private readonly FileSourceOptions _options;
    private readonly IFileSystem _files;
    private readonly int _maxBytes;
    private readonly TimeProvider _time;
    private readonly TrustedKeys? _keys;
    private readonly DiskThread _disk;
    private Known? _known;
    private (SnapshotReading Reading, Known Known)? _offered;
    private long _readAt;

    /// <param name="path">The file's full path.</param>
    /// <param name="options">The options of reading; their path is ignored.</param>
    /// <param name="format">The format of its document.</param>
    /// <param name="files">The disk.</param>
    /// <param name="maxBytes">The maximum size of the file.</param>
    /// <param name="time">Measures pauses.</param>
    /// <param name="keys">The trusted keys; null if signatures are not checked.</param>
    public FileSnapshotSource(string path, FileSourceOptions options, ISnapshotFormat format, IFileSystem files, int maxBytes, TimeProvider time, TrustedKeys? keys = null)
    {
        (_options, _files, _maxBytes, _time, _keys, _disk) = (options, files, maxBytes, time, keys, new(time));
        Name = path;
        Format = NativeSnapshotFormat.OfFile(format);
    }

    /// <summary>The file's full path.</summary>
    public string Name { get; }

    public string Kind => "file";

    public ISnapshotFormat Format { get; }

    public async ValueTask<SnapshotReading> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await ReadSettledAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not (SnapshotSourceException or OperationCanceledException))
        {
            throw new SnapshotSourceException($"File '{Name}' cannot be read: {e.Message} The client keeps watching it.", e) { NeedsAction = e is UnauthorizedAccessException };
        }
    }

    public void Acknowledge(SnapshotReading reading)
    {
        if (_offered is { } offered && ReferenceEquals(offered.Reading, reading)) _known = offered.Known;
    }

    public void StartOver() => (_known, _offered) = (null, null);

    public async ValueTask WaitForChangeAsync(CancellationToken cancellationToken) =>
        await Task.Delay(_options.PollingInterval, _time, cancellationToken).ConfigureAwait(false);

    private async ValueTask<SnapshotReading> ReadSettledAsync(CancellationToken cancellationToken)
    {
        Stamps? before = null;
        for (var look = 0; look < MaxLooks; look++)
        {
            if (look > 0) await Task.Delay(SettlingTime, _time, cancellationToken).ConfigureAwait(false);

            var (stamps, identity) = await OnDiskAsync(() => new ValueTask<(Stamps, FileIdentity?)>(LookClosely()), cancellationToken).ConfigureAwait(false);
            var isSettled = stamps == before;
            before = stamps;
            if (stamps.Document is not { Length: > 0 } document)
            {
                // As it is in the moment of being replaced.
                if (isSettled)
                    throw Nothing(stamps.Document, await OnDiskAsync(() => new ValueTask<bool>(_files.IsFolder(Name)), cancellationToken).ConfigureAwait(false));
                continue;
            }

            if (document.Length > _maxBytes) throw TooLarge(document.Length);
            if (IsAsKnown(document, stamps, identity)) return SnapshotReading.Current;
            var whole = await OnDiskAsync(() => ReadWholeAsync(document, stamps, cancellationToken), cancellationToken).ConfigureAwait(false);
            if (whole is { } text && Judge(text, stamps, identity, isSettled) is { } reading)
                return reading;
        }

        throw new SnapshotSourceException(
            $"File '{Name}' changed at each look. The client keeps watching it; replace it by renaming a finished file over it.");
    }

    // A disk that hangs gets no further work until it has answered.
    private async ValueTask<T> OnDiskAsync<T>(Func<ValueTask<T>> work, CancellationToken cancellationToken)
    {
        if (_disk.StalledSince is null)
        {
            var task = _disk.RunAsync(work);
            if (await _disk.IsDoneInTimeAsync(task).WaitAsync(cancellationToken).ConfigureAwait(false))
                return await task.ConfigureAwait(false);
        }

        throw new SnapshotSourceException(string.Create(
            CultureInfo.InvariantCulture, $"File '{Name}' cannot be read: its disk has not answered since {_disk.StalledSince ?? _time.GetUtcNow():u}. It is read again when the disk answers; find what blocks the disk."));
    }

    private (Stamps Stamps, FileIdentity? Identity) LookClosely()
    {
        var stamps = Look();
        return (stamps, stamps.Document is { Length: > 0 } document ? _files.Identify(document.Target) : null);
    }

    private Stamps Look() => new(_files.Look(Name), _keys is null ? null : _files.Look(SignatureFile.PathOf(Name)));

    // A file may have taken another's place, or been written, under the same length and time. If the disk does not show it, the content does, which costs a read now and then.
    private bool IsAsKnown(FileStamp document, Stamps stamps, FileIdentity? identity) =>
        _known is { IsConfirmed: true } known && known.Stamps == stamps && known.Identity == identity
        && (identity is not null || _time.GetElapsedTime(_readAt).TotalSeconds * BytesReadAgain < document.Length);

    private SnapshotSourceException Nothing(FileStamp? seen, bool isFolder) => new((seen, isFolder) switch
    {
        (_, true) => $"'{Name}' is a folder, not a file. The client keeps watching it; correct the path, or put a snapshot in its place (Docker makes a folder where a file to mount is missing).",
        (null, _) => $"File '{Name}' does not exist. The client keeps watching it; write a snapshot there, or correct the path.",
        _ => $"File '{Name}' is empty. The client keeps watching it; write a snapshot into it.",
    })
    {
        NeedsAction = true,
    };

    // Returns null if it changed while it was read.
    private async ValueTask<SignedText?> ReadWholeAsync(FileStamp file, Stamps stamps, CancellationToken cancellationToken)
    {
        try
        {
            var document = await _files.ReadAsync(file.Target, _maxBytes, cancellationToken).ConfigureAwait(false);
            var signature = await SignatureFile.ReadAsync(stamps.Signature, _files, cancellationToken).ConfigureAwait(false);
            _readAt = _time.GetTimestamp();
            return document.Length == file.Length && Look() == stamps ? new(document, signature) : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    // What may be a half, or one of two that are being replaced, must be seen twice.
    private bool IsSound(SignedText text) =>
        _keys is null ? Format.ReadGuarded(text.Bytes).Definition is not null : _keys.FaultOf(text) is null;

    // Returns null if it may not be finished.
    private SnapshotReading? Judge(SignedText text, Stamps stamps, FileIdentity? identity, bool isSettled)
    {
        var hash = XxHash128.HashToUInt128(text.Bytes.Span);
        if (_known is { } known && known.Hash == hash)
        {
            _known = new(stamps, identity, hash, IsConfirmed: known.Stamps == stamps && known.Identity == identity);
            return SnapshotReading.Current;
        }

        if (!isSettled && !IsSound(text)) return null;
        var reading = SnapshotReading.OfDocument(text.Bytes, signature: text.Signature);
        _offered = (reading, new(stamps, identity, hash, IsConfirmed: false));
        return reading;
    }

    private SnapshotSourceException TooLarge(long length) =>
        new($"File '{Name}' has {length} bytes, more than the {_maxBytes} that are allowed. Make it smaller, or raise Limits.MaxBytes.")
        {
            Kind = FeatureClientFaultKind.InvalidSnapshot,
        };

    // A stamp is trusted only after the content was seen to be the same under it at two polls: two writes within one tick of
    // the file system's clock leave the same stamp.
    private sealed record Known(Stamps Stamps, FileIdentity? Identity, UInt128 Hash, bool IsConfirmed);

    private readonly record struct Stamps(FileStamp? Document, FileStamp? Signature);
}

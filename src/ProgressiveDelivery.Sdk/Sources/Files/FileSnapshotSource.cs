using System.IO.Hashing;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Sources.Signing;

namespace ProgressiveDelivery.Sdk.Sources.Files;

/// <summary>
/// Reads a file that others replace: by writing into it, by renaming over it, by swapping a linked folder. It polls, and has no
/// watcher: a look costs microseconds, works on every volume and mount, and sees the final state whatever was missed between. Where
/// only signed snapshots are believed, the file and its signature are looked at and read as one.
/// </summary>
internal sealed class FileSnapshotSource : IRestartableSource
{
    private const int MostLooks = 10;
    private static readonly TimeSpan SettlingTime = TimeSpan.FromMilliseconds(100);

    private readonly FileSourceOptions _options;
    private readonly IFileSystem _files;
    private readonly TimeProvider _time;
    private readonly TrustedKeys? _keys;
    private readonly string _path;
    private Known? _known;
    private (SnapshotReading Reading, Known Known)? _offered;

    public FileSnapshotSource(FileSourceOptions options, ISnapshotFormat format, IFileSystem files, TimeProvider time, TrustedKeys? keys = null)
    {
        (_options, _files, _time, _keys) = (options, files, time, keys);
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

    public void StartOver() => (_known, _offered) = (null, null);

    public async ValueTask WaitForChangeAsync(CancellationToken cancellationToken) =>
        await Task.Delay(_options.PollingInterval, _time, cancellationToken).ConfigureAwait(false);

    private async ValueTask<SnapshotReading> ReadSettledAsync(CancellationToken cancellationToken)
    {
        Stamps? before = null;
        for (var look = 0; look < MostLooks; look++)
        {
            if (look > 0) await Task.Delay(SettlingTime, _time, cancellationToken).ConfigureAwait(false);

            var stamps = Look();
            var isSettled = stamps == before;
            before = stamps;
            if (stamps.Document is not { Length: > 0 } document)
            {
                // As it is in the moment of being replaced.
                if (isSettled) throw Nothing(stamps.Document);
                continue;
            }

            if (document.Length > _options.MaximumBytes) throw TooLarge(document.Length);
            if (_known is { IsConfirmed: true } known && known.Stamps == stamps) return SnapshotReading.Current;
            if (await ReadWholeAsync(document, stamps, cancellationToken).ConfigureAwait(false) is { } text && (isSettled || IsSound(text)))
                return Offer(stamps, text);
        }

        throw new SnapshotSourceException(
            $"File '{Name}' changed each time it was looked at. It stays watched; replace it by renaming a finished file over it.");
    }

    private Stamps Look() => new(_files.Look(_path), _keys is null ? null : _files.Look(SignatureFile.PathOf(_path)));

    private SnapshotSourceException Nothing(FileStamp? seen) => new(seen is null
        ? $"File '{Name}' does not exist. It stays watched; write a snapshot there, or correct the path."
        : $"File '{Name}' is empty. It stays watched; write a snapshot into it.");

    // Null: it changed while it was read.
    private async ValueTask<SignedText?> ReadWholeAsync(FileStamp file, Stamps stamps, CancellationToken cancellationToken)
    {
        try
        {
            var document = await _files.ReadAsync(file.Target, _options.MaximumBytes, cancellationToken).ConfigureAwait(false);
            var signature = await SignatureFile.ReadAsync(stamps.Signature, _files, cancellationToken).ConfigureAwait(false);
            return document.Length == file.Length && Look() == stamps ? new(document, signature) : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    // What may be a half, or one of two that are being replaced, must be seen twice.
    private bool IsSound(SignedText text) =>
        _keys is null ? Format.Read(text.Bytes).Definition is not null : _keys.FaultOf(text) is null;

    private SnapshotReading Offer(Stamps stamps, SignedText text)
    {
        var hash = XxHash128.HashToUInt128(text.Bytes.Span);
        if (_known is { } known && known.Hash == hash)
        {
            _known = new(stamps, hash, IsConfirmed: known.Stamps == stamps);
            return SnapshotReading.Current;
        }

        var reading = SnapshotReading.OfDocument(text.Bytes, signature: text.Signature);
        _offered = (reading, new(stamps, hash, IsConfirmed: false));
        return reading;
    }

    private SnapshotSourceException TooLarge(long length) =>
        new($"File '{Name}' has {length} bytes, more than the {_options.MaximumBytes} that are allowed. Make it smaller, or raise MaximumBytes.")
        {
            Kind = FeatureClientFaultKind.InvalidSnapshot,
        };

    // A stamp is believed only after the content was seen to be the same under it at two polls: two writes within one tick of
    // the file system's clock leave the same stamp.
    private sealed record Known(Stamps Stamps, UInt128 Hash, bool IsConfirmed);

    private readonly record struct Stamps(FileStamp? Document, FileStamp? Signature);
}

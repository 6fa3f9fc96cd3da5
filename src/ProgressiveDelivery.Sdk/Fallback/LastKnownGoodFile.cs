using ProgressiveDelivery.Sdk.Sources.Files;
using ProgressiveDelivery.Sdk.Sources.Signing;

namespace ProgressiveDelivery.Sdk.Fallback;

/// <summary>
/// One file that is kept for a start without a backend, and replaced as a whole: the kills in effect, or operators' acts. Neither reading nor writing
/// throws for faults of a disk.
/// </summary>
internal sealed class LastKnownGoodFile : IFallbackPlace
{
    private readonly string _format;
    private readonly WholeFiles _writer;
    private readonly StoredSnapshotReader _reader;

    /// <param name="path">The file: the path that <see cref="FallbackPath"/> makes, and an extension.</param>
    /// <param name="format">The name of the texts' format.</param>
    /// <param name="maximumBytes">The limit on the bytes read back, and so on those written.</param>
    /// <param name="files">The disk.</param>
    /// <param name="time">Dates temporary files, to find abandoned ones.</param>
    public LastKnownGoodFile(string path, string format, int maximumBytes, IFileSystem files, TimeProvider time)
    {
        (Path, _format) = (System.IO.Path.GetFullPath(path), format);
        _writer = new(Path, maximumBytes, files, time);
        _reader = new([format], maximumBytes, files);
    }

    public string Path { get; }

    public ValueTask<FallbackReading> ReadAsync(CancellationToken cancellationToken) => _reader.ReadAsync(Path, cancellationToken);

    public ValueTask<FallbackWriting> WriteAsync(long version, ReadOnlyMemory<byte> document, CancellationToken cancellationToken) =>
        WriteAsync(version, new SignedText(document), cancellationToken);

    public ValueTask<FallbackWriting> WriteAsync(long version, SignedText text, CancellationToken cancellationToken) =>
        WriteAsync(new(_format, version, [text]), cancellationToken);

    public ValueTask<FallbackWriting> WriteAsync(StoredSnapshot stored, CancellationToken cancellationToken) =>
        _writer.WriteAsync(Path, stored, cancellationToken);
}

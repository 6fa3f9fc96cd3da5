using ProgressiveDelivery.Sdk.Sources.Files;

namespace ProgressiveDelivery.Sdk.Fallback;

/// <summary>
/// One file that is kept for a start without a backend, and replaced as a whole: the kills that hold, or what operators hold. Neither reading nor writing
/// throws for what a disk does.
/// </summary>
internal sealed class LastKnownGoodFile : IFallbackPlace
{
    private readonly string _format;
    private readonly WholeFiles _writer;
    private readonly StoredSnapshotReader _reader;

    /// <param name="path">The file: what <see cref="FallbackPath"/> makes, and an extension.</param>
    /// <param name="format">The name of the texts' format.</param>
    /// <param name="maximumBytes">How much is read back.</param>
    /// <param name="files">The disk.</param>
    /// <param name="time">Tells which temporary files were abandoned.</param>
    public LastKnownGoodFile(string path, string format, int maximumBytes, IFileSystem files, TimeProvider time)
    {
        (Path, _format) = (System.IO.Path.GetFullPath(path), format);
        _writer = new(Path, files, time);
        _reader = new([format], maximumBytes, files);
    }

    public string Path { get; }

    public ValueTask<FallbackReading> ReadAsync(CancellationToken cancellationToken) => _reader.ReadAsync(Path, cancellationToken);

    public ValueTask<FallbackWriting> WriteAsync(long version, ReadOnlyMemory<byte> document, CancellationToken cancellationToken) =>
        WriteAsync(new(_format, version, [new(document)]), cancellationToken);

    public ValueTask<FallbackWriting> WriteAsync(StoredSnapshot stored, CancellationToken cancellationToken) =>
        _writer.WriteAsync(Path, stored, cancellationToken);
}

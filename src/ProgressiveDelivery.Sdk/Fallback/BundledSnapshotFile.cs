using ProgressiveDelivery.Sdk.Sources.Files;

namespace ProgressiveDelivery.Sdk.Fallback;

/// <summary>The snapshot file that is shipped with the application.</summary>
internal sealed class BundledSnapshotFile
{
    private readonly FallbackReader _reader;

    /// <param name="path">The file; a relative path starts at <see cref="AppContext.BaseDirectory"/>.</param>
    /// <param name="maximumBytes">The longest file that is read.</param>
    /// <param name="files">The disk.</param>
    public BundledSnapshotFile(string path, int maximumBytes, IFileSystem files)
    {
        Path = System.IO.Path.GetFullPath(path, AppContext.BaseDirectory);
        _reader = new("Bundled snapshot file", Path, maximumBytes, files);
    }

    public string Path { get; }

    public async ValueTask<FallbackReading> ReadAsync(CancellationToken cancellationToken)
    {
        var reading = await _reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        return reading is { Outcome: FallbackOutcome.Found, Document.Length: 0 }
            ? _reader.Fault(FallbackOutcome.Corrupt, "is empty. Bundle a snapshot, or leave the file out.")
            : reading;
    }
}

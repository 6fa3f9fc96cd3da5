using ProgressiveDelivery.Sdk.Sources.Files;
using ProgressiveDelivery.Sdk.Sources.Signing;

namespace ProgressiveDelivery.Sdk.Fallback;

/// <summary>The snapshot file that is shipped with the application.</summary>
internal sealed class BundledSnapshotFile
{
    private readonly IFileSystem _files;
    private readonly FallbackReader _reader;

    /// <param name="path">The file's full path.</param>
    /// <param name="maximumBytes">The longest file that is read.</param>
    /// <param name="files">The disk.</param>
    public BundledSnapshotFile(string path, int maximumBytes, IFileSystem files)
    {
        _files = files;
        Path = path;
        _reader = new("Bundled snapshot file", Path, maximumBytes, files);
    }

    public string Path { get; }

    public async ValueTask<FallbackReading> ReadAsync(CancellationToken cancellationToken)
    {
        var reading = await _reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        if (reading.Outcome == FallbackOutcome.Missing) return FallbackReading.Of(reading.Outcome, $"{reading.Message} Ship it with the application, or correct the path.");
        if (reading.Outcome != FallbackOutcome.Found) return reading;
        if (reading.Document.Length == 0) return _reader.Fault(FallbackOutcome.Corrupt, "is empty. Bundle a snapshot, or leave the file out.");
        return FallbackReading.Of([new(reading.Document, await ReadSignatureAsync(cancellationToken).ConfigureAwait(false))]);
    }

    // A signature that cannot be read is none; the check of signatures reports it.
    private async ValueTask<SnapshotSignature?> ReadSignatureAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await SignatureFile.ReadAsync(_files.Look(SignatureFile.PathOf(Path)), _files, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return null;
        }
    }
}

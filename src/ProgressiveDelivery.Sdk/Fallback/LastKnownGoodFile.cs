using ProgressiveDelivery.Sdk.Sources.Files;
using ProgressiveDelivery.Sdk.Sources.Signing;

namespace ProgressiveDelivery.Sdk.Fallback;

/// <summary>
/// The last accepted snapshot, kept on disk for a start without a backend. It is replaced in one step: a reader, and whoever
/// comes after a crash, finds the whole old one or the whole new one. Neither reading nor writing throws for what a disk does.
/// </summary>
internal sealed class LastKnownGoodFile
{
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);

    private readonly string _format;
    private readonly IFileSystem _files;
    private readonly TimeProvider _time;
    private readonly FallbackReader _reader;
    private bool _isSwept;

    /// <param name="path">The file, as <see cref="FallbackPath"/> makes it.</param>
    /// <param name="format">The name of the documents' format.</param>
    /// <param name="maximumBytes">The longest document that is read back.</param>
    /// <param name="files">The disk.</param>
    /// <param name="time">Tells which temporary files were abandoned.</param>
    public LastKnownGoodFile(string path, string format, int maximumBytes, IFileSystem files, TimeProvider time)
    {
        (Path, _format, _files, _time) = (System.IO.Path.GetFullPath(path), format, files, time);
        var most = (int)Math.Min((long)maximumBytes + StoredSnapshot.LongestHead, Array.MaxLength);
        _reader = new("Last-known-good file", Path, most, files);
    }

    public string Path { get; }

    public async ValueTask<FallbackReading> ReadAsync(CancellationToken cancellationToken)
    {
        var file = await _reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        if (file.Outcome != FallbackOutcome.Found) return file;

        var outcome = StoredSnapshot.Open(file.Document, out var stored);
        if (stored is not null && stored.Format != _format) outcome = FallbackOutcome.OtherFormat;
        return outcome == FallbackOutcome.Found ? FallbackReading.Of(stored!.Texts) : _reader.Fault(outcome, Describe(outcome));
    }

    public ValueTask<FallbackWriting> WriteAsync(long version, ReadOnlyMemory<byte> document, CancellationToken cancellationToken) =>
        WriteAsync(version, [new(document)], cancellationToken);

    public async ValueTask<FallbackWriting> WriteAsync(long version, IReadOnlyList<SignedText> texts, CancellationToken cancellationToken)
    {
        var temporary = $"{Path}.{Guid.NewGuid():N}.tmp";
        try
        {
            SweepOnce();
            await _files.WriteAsync(temporary, new StoredSnapshot(_format, version, texts).Write(), cancellationToken).ConfigureAwait(false);
            _files.Replace(temporary, Path);
            return default;
        }
        catch (Exception e)
        {
            Try(() => _files.Delete(temporary));
            if (e is OperationCanceledException && cancellationToken.IsCancellationRequested) throw;
            return new($"Last-known-good file '{Path}' cannot be written: {e.Message} Flags are served from memory; a restart without a backend will not have them.");
        }
    }

    private static string Describe(FallbackOutcome outcome) => outcome switch
    {
        FallbackOutcome.Truncated => "ends in the middle. It is ignored, and replaced by the next accepted snapshot.",
        FallbackOutcome.OtherFormat => "holds another format. It is ignored, and replaced by the next accepted snapshot.",
        _ => "is damaged. It is ignored, and replaced by the next accepted snapshot.",
    };

    // A process that is killed while it writes leaves its temporary file; a living writer's is younger.
    private void SweepOnce()
    {
        if (_isSwept) return;
        _isSwept = true;
        Try(() =>
        {
            var folder = System.IO.Path.GetDirectoryName(Path)!;
            foreach (var file in _files.Find(folder, $"{System.IO.Path.GetFileName(Path)}.*.tmp"))
                if (_files.Look(file) is { } stamp && _time.GetUtcNow() - stamp.LastWrite > Abandoned) _files.Delete(file);
        });
    }

    private static void Try(Action tidying)
    {
        try
        {
            tidying();
        }
        catch (Exception)
        {
            // What is left behind does no harm, and the fault that matters is reported by the write.
        }
    }
}

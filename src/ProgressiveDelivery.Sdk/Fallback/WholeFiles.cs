using System.Globalization;
using ProgressiveDelivery.Sdk.Sources.Files;

namespace ProgressiveDelivery.Sdk.Fallback;

/// <summary>
/// Writes files in one step: beside, onto the device, then renamed. A reader, also after a crash, finds the whole old one or the
/// whole new one, however many processes write.
/// </summary>
/// <param name="stem">The folder and the beginning of all these files' names.</param>
/// <param name="maximumBytes">The limit on the bytes of a file read back: a larger one is not written.</param>
/// <param name="files">The disk.</param>
/// <param name="time">Dates temporary files, to find abandoned ones.</param>
internal sealed class WholeFiles(string stem, int maximumBytes, IFileSystem files, TimeProvider time)
{
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);

    public async ValueTask<FallbackWriting> WriteAsync(string path, StoredSnapshot stored, CancellationToken cancellationToken)
    {
        var pieces = stored.Write();
        if (pieces.Sum(piece => (long)piece.Length) is var length && length > StoredSnapshot.MaxFile(maximumBytes))
            return TooLarge(path, length);

        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            await files.WriteAsync(temporary, pieces, cancellationToken).ConfigureAwait(false);
            files.Replace(temporary, path);
            return default;
        }
        catch (Exception e)
        {
            Try(() => files.Delete(temporary));
            if (e is OperationCanceledException && cancellationToken.IsCancellationRequested) throw;
            return new($"Last-known-good file '{path}' cannot be written: {e.Message} Flags are served from memory; a restart without a backend loses them.");
        }
    }

    private FallbackWriting TooLarge(string path, long length) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"Last-known-good file '{path}' is not written: it would have {length} bytes, more than the {StoredSnapshot.MaxFile(maximumBytes)} that are read back. Flags are served from memory; a restart without a backend has an older state. Make the rules smaller, or raise Limits.MaxBytes."));

    /// <summary>Tidies up; a failure does no harm, and a fault that matters is reported by the next write.</summary>
    public static void Try(Action tidying)
    {
        try
        {
            tidying();
        }
        catch (Exception)
        {
            // See above.
        }
    }

    /// <summary>Removes the temporary files of writers that were killed; a living writer's is younger, and stays.</summary>
    public void Sweep() => Try(() =>
    {
        foreach (var file in files.Find(Path.GetDirectoryName(stem)!, $"{Path.GetFileName(stem)}.*.tmp"))
            Try(() => Sweep(file));
    });

    private void Sweep(string file)
    {
        if (files.Look(file) is { } stamp && time.GetUtcNow() - stamp.LastWrite > Abandoned)
            files.Delete(file);
    }
}

using ProgressiveDelivery.Sdk.Sources.Files;

namespace ProgressiveDelivery.Sdk.Fallback;

/// <summary>
/// Writes files in one step: beside, onto the device, then renamed. Whoever reads, and whoever comes after a crash, finds the whole
/// old one or the whole new one, however many write.
/// </summary>
/// <param name="stem">The folder, and how the names of all these files begin.</param>
/// <param name="files">The disk.</param>
/// <param name="time">Tells which temporary files were abandoned.</param>
internal sealed class WholeFiles(string stem, IFileSystem files, TimeProvider time)
{
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);

    private bool _isSwept;

    public async ValueTask<FallbackWriting> WriteAsync(string path, StoredSnapshot stored, CancellationToken cancellationToken)
    {
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            SweepOnce();
            await files.WriteAsync(temporary, stored.Write(), cancellationToken).ConfigureAwait(false);
            files.Replace(temporary, path);
            return default;
        }
        catch (Exception e)
        {
            Try(() => files.Delete(temporary));
            if (e is OperationCanceledException && cancellationToken.IsCancellationRequested) throw;
            return new($"Last-known-good file '{path}' cannot be written: {e.Message} Flags are served from memory; a restart without a backend will not have them.");
        }
    }

    /// <summary>Tidies up: what is left behind does no harm, and a fault that matters is reported by the next write.</summary>
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

    // A process that is killed while it writes leaves its temporary file; a living writer's is younger.
    private void SweepOnce()
    {
        if (_isSwept) return;
        _isSwept = true;
        Try(() =>
        {
            foreach (var file in files.Find(Path.GetDirectoryName(stem)!, $"{Path.GetFileName(stem)}.*.tmp"))
                if (files.Look(file) is { } stamp && time.GetUtcNow() - stamp.LastWrite > Abandoned) files.Delete(file);
        });
    }
}

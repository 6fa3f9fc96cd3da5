using System.Buffers;
using System.Globalization;
using ProgressiveDelivery.Sdk.Sources.Files;

namespace ProgressiveDelivery.Sdk.Reporting;

/// <summary>
/// Appends events to files as JSON lines. A batch is delivered when its lines are on the device. The channel calls it once at a time.
/// </summary>
/// <param name="stem">The folder and the beginning of the files' names.</param>
/// <param name="options">The limits of a file.</param>
/// <param name="clock">Names files, and measures their age.</param>
/// <param name="open">Creates a file.</param>
/// <param name="disk">Finds and deletes old files.</param>
internal sealed class FileEventSink(string stem, FileEventSinkOptions options, TimeProvider clock, Func<string, IEventFile> open, IFileSystem disk) : IEventSink, IDisposable
{
    private readonly EventFileLimit _limit = new(stem, options, clock, disk);
    private readonly ArrayBufferWriter<byte> _lines = new();
    private IEventFile? _file;
    private long _openedAt;

    public string Name => $"file {Path.GetFileName(stem)}";

    public ValueTask SendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        _lines.ResetWrittenCount();
        EventJson.WriteLines(_lines, batch);
        try
        {
            Append(_lines.WrittenSpan);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or System.Security.SecurityException)
        {
            throw new EventSinkException($"Files '{stem}-*.jsonl' cannot be written: {fault.Message} Make room, or correct the folder's rights.", fault);
        }

        return ValueTask.CompletedTask;
    }

    public void Dispose() => Close();

    private void Append(ReadOnlySpan<byte> lines)
    {
        if (_file is { } old && (old.Length >= options.MaxFileBytes || clock.GetElapsedTime(_openedAt) >= options.RollInterval))
            Close();
        var file = _file ??= Open();
        var length = file.Length;
        try
        {
            file.Append(lines);
        }
        catch (Exception)
        {
            Restore(file, length);
            throw;
        }
    }

    private IEventFile Open()
    {
        var path = NewPath();
        var file = open(path);
        _openedAt = clock.GetTimestamp();
        _limit.Opened(path);
        return file;
    }

    // What was written of the batch goes, since a retry writes it again. If that fails too, the next file has whole lines again.
    private void Restore(IEventFile file, long length)
    {
        try
        {
            file.Truncate(length);
        }
        catch (Exception)
        {
            Close();
        }
    }

    private void Close()
    {
        try
        {
            _file?.Dispose();
        }
        catch (Exception)
        {
            // Every batch in it was on the device when it was delivered.
        }

        _file = null;
    }

    // The random part keeps processes apart, and names apart that a clock that goes back would repeat.
    private string NewPath() => string.Create(
        CultureInfo.InvariantCulture, $"{stem}-{EventFileLimit.NameOf(clock.GetUtcNow())}-{Guid.NewGuid().ToString("N").AsSpan(0, 8)}.jsonl");
}

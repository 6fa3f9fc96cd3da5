using System.Globalization;
using ProgressiveDelivery.Sdk.Sources.Files;

namespace ProgressiveDelivery.Sdk.Reporting;

/// <summary>Bounds the files of one path: the oldest are deleted when a new one begins.</summary>
/// <param name="stem">The folder and the beginning of the files' names.</param>
/// <param name="options">The limits.</param>
/// <param name="clock">Tells old files from young ones.</param>
/// <param name="disk">Finds and deletes files.</param>
internal sealed class EventFileLimit(string stem, FileEventSinkOptions options, TimeProvider clock, IFileSystem disk)
{
    private const string TimeFormat = "yyyyMMdd'T'HHmmss'Z'";

    private readonly HashSet<string> _own = new(StringComparer.Ordinal);

    /// <summary>Returns the part of a file's name that dates it.</summary>
    public static string NameOf(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    /// <summary>Deletes the oldest files. A disk that refuses costs nothing: the next new file tries again.</summary>
    /// <param name="current">The file that has begun.</param>
    public void Opened(string current)
    {
        try
        {
            DeleteOldest(current);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or System.Security.SecurityException)
        {
            // Events come first; the files are looked at again with the next one.
        }

        _own.Add(Path.GetFileName(current));
    }

    private void DeleteOldest(string current)
    {
        var files = disk.Find(Path.GetDirectoryName(stem)!, $"{Path.GetFileName(stem)}-*.jsonl")
            .Select(path => (Path: path, Name: Path.GetFileName(path), disk.Look(path)?.Length))
            .Where(file => file.Length is not null && TimeOf(file.Name) is not null && file.Name != Path.GetFileName(current))
            .OrderBy(file => file.Name, StringComparer.Ordinal).ToList();
        var total = files.Sum(file => file.Length!.Value);
        foreach (var (path, name, length) in files.TakeWhile(_ => total > options.MaxTotalBytes - options.MaxFileBytes))
        {
            if (!IsClosed(name))
                continue;
            disk.Delete(path);
            _own.Remove(name);
            total -= length!.Value;
        }
    }

    // Another process may still write to a young file.
    private bool IsClosed(string name) => _own.Contains(name) || TimeOf(name) < clock.GetUtcNow() - options.RollInterval;

    private DateTimeOffset? TimeOf(string name)
    {
        var rest = name.AsSpan(Path.GetFileName(stem).Length + 1);
        var end = rest.IndexOf('-');
        return end > 0 && DateTimeOffset.TryParseExact(rest[..end], TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
    }
}

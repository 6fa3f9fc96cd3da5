using System.Diagnostics;

namespace ProgressiveDelivery.Sdk.Faults.Support;

/// <summary>A named pipe in the place of a file: opening it to read hangs until it is opened to write. Linux.</summary>
internal sealed class NamedPipe
{
    // Where the kernel waits for a pipe's other end.
    private static readonly string[] Waiting = ["wait_for_partner", "fifo_open"];

    private readonly string _path;

    public NamedPipe(string path)
    {
        _path = path;
        using var making = Process.Start("mkfifo", [path]);
        making.WaitForExit();
    }

    /// <summary>Whether a thread of this process hangs where it opens a pipe; the runtime's own, where debuggers come in, does not count.</summary>
    public static bool IsAwaited => Directory.GetDirectories("/proc/self/task")
        .Any(thread => Waiting.Contains(Read(thread, "wchan")) && Read(thread, "comm")?.StartsWith(".NET Debug", StringComparison.Ordinal) == false);

    /// <summary>Opens it to write, and closes it again: who reads it reads nothing. Both have it open at once, so it is shared.</summary>
    public Task ReleaseAsync() => Task.Run(() => File.Open(_path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite).Dispose()).WaitAsync(TimeSpan.FromMinutes(2));

    private static string? Read(string thread, string fact)
    {
        try
        {
            return File.ReadAllText(Path.Combine(thread, fact));
        }
        catch (IOException)
        {
            return null;    // the thread has ended
        }
    }
}

using System.Diagnostics;

namespace ProgressiveDelivery.Sdk.Faults.Support;

/// <summary>
/// The things that a client may open and must close: sockets, files, watches of files, threads with a name of their own, and timers. Pipes of child
/// processes and threads of the runtime belong to the test and the runtime.
/// </summary>
internal sealed record Footprint(IReadOnlyCollection<string> Handles, IReadOnlyCollection<string> Threads, long Timers)
{
    private const string HandleFolder = "/proc/self/fd";
    private const string ThreadFolder = "/proc/self/task";

    // The HTTP client factory keeps timers for each of its clients.
    private const int FactoryTimersOfClient = 3;

    public static Footprint Take() => new([.. OpenHandles()], [.. RunningThreads()], Timer.ActiveCount);

    /// <summary>Whether some clients left nothing behind since an earlier footprint.</summary>
    public bool IsBackTo(Footprint earlier, int clients) =>
        Handles.Count <= earlier.Handles.Count
        && Threads.Count <= earlier.Threads.Count
        && Timers <= earlier.Timers + (FactoryTimersOfClient * clients);

    public override string ToString() =>
        $"{Threads.Count} threads ({string.Join(", ", Threads)}), {Timers} timers and {Handles.Count} handles ({string.Join(", ", Handles)})";

    private static IEnumerable<string> OpenHandles() => !Directory.Exists(HandleFolder)
        ? []
        : Directory.EnumerateFileSystemEntries(HandleFolder).Select(TargetOf).OfType<string>().Where(IsClients);

    // Code that was loaded meanwhile stays, and is no leak; nor is it one if it was built anew since.
    private static bool IsClients(string target) =>
        target.StartsWith("socket:", StringComparison.Ordinal)
        || target == "anon_inode:inotify"
        || (target.StartsWith('/') && !target.StartsWith("/dev/", StringComparison.Ordinal) && !target.StartsWith("/proc/", StringComparison.Ordinal)
            && !target.StartsWith("/memfd:", StringComparison.Ordinal) && Path.GetExtension(target.Replace(" (deleted)", "", StringComparison.Ordinal)) is not (".dll" or ".pdb" or ".so"));

    // The runtime's own begin with ".NET": pool, compilation, finalizer, sockets.
    private static IEnumerable<string> RunningThreads()
    {
        if (!Directory.Exists(ThreadFolder))
        {
            using var process = Process.GetCurrentProcess();
            return [.. Enumerable.Repeat("thread", Math.Max(0, process.Threads.Count - ThreadPool.ThreadCount))];
        }

        return Directory.EnumerateDirectories(ThreadFolder).Select(NameOf).OfType<string>().Where(name => !name.StartsWith(".NET", StringComparison.Ordinal));
    }

    private static string? NameOf(string thread)
    {
        try
        {
            return File.ReadAllText(Path.Combine(thread, "comm")).Trim();
        }
        catch (IOException)
        {
            return null;    // ended in between
        }
    }

    private static string? TargetOf(string entry)
    {
        try
        {
            return new FileInfo(entry).LinkTarget;
        }
        catch (IOException)
        {
            return null;    // closed in between
        }
    }
}

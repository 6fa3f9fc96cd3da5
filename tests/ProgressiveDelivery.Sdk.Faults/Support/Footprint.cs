using System.Diagnostics;

namespace ProgressiveDelivery.Sdk.Faults.Support;

/// <summary>What the process holds: open files and sockets, threads that are not the pool's, and timers.</summary>
internal sealed record Footprint(IReadOnlyCollection<string> Handles, int Threads, long Timers)
{
    private const string Folder = "/proc/self/fd";

    // The runtime starts and ends threads of its own (compilation, gate); the HTTP client factory keeps two timers for each of its clients.
    private const int RuntimeThreads = 2;
    private const int FactoryTimersOfClient = 3;

    public static Footprint Take()
    {
        using var process = Process.GetCurrentProcess();
        return new([.. OpenHandles()], process.Threads.Count - ThreadPool.ThreadCount, Timer.ActiveCount);
    }

    /// <summary>Whether nothing was left behind by some clients since an earlier one.</summary>
    public bool IsBackTo(Footprint earlier, int clients) =>
        Handles.Count <= earlier.Handles.Count
        && Threads <= earlier.Threads + RuntimeThreads
        && Timers <= earlier.Timers + (FactoryTimersOfClient * clients);

    public override string ToString() => $"{Threads} threads, {Timers} timers and {Handles.Count} handles ({string.Join(", ", Handles)})";

    // Code that was loaded meanwhile stays, and is nobody's leak.
    private static IEnumerable<string> OpenHandles() => !Directory.Exists(Folder)
        ? []
        : Directory.EnumerateFileSystemEntries(Folder).Select(TargetOf).OfType<string>().Where(target => !IsCode(target));

    private static bool IsCode(string target) => Path.GetExtension(target) is ".dll" or ".pdb";

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

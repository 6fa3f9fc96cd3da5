using System.Diagnostics;

namespace ProgressiveDelivery.Sdk.Soak.Measuring;

/// <summary>What the process holds at one moment.</summary>
/// <param name="At">When, from the beginning.</param>
/// <param name="Heap">Bytes that live on the managed heap, and those that are not collected yet.</param>
/// <param name="WorkingSet">Bytes of memory in use.</param>
/// <param name="Handles">Open files, sockets and the like, without the assemblies that the runtime has loaded, where the system shows them.</param>
/// <param name="Sockets">Those of them that are sockets; -1 where the system does not tell.</param>
/// <param name="Threads">Threads of the process.</param>
internal sealed record Footprint(TimeSpan At, long Heap, long WorkingSet, int Handles, int Sockets, int Threads)
{
    private const string Descriptors = "/proc/self/fd";

    public static Footprint Take(TimeSpan at)
    {
        using var process = Process.GetCurrentProcess();
        var handles = OperatingSystem.IsLinux() ? Array.ConvertAll(Directory.GetFileSystemEntries(Descriptors), TargetOf) : null;
        return new(
            at,
            GC.GetTotalMemory(forceFullCollection: false),
            process.WorkingSet64,
            handles?.Count(static target => !IsAssembly(target)) ?? process.HandleCount,
            handles?.Count(static target => target.StartsWith("socket:", StringComparison.Ordinal)) ?? -1,
            process.Threads.Count);
    }

    private static string TargetOf(string descriptor)
    {
        try
        {
            return new FileInfo(descriptor).LinkTarget ?? "";
        }
        catch (IOException)
        {
            return "";   // It has been closed since.
        }
    }

    // Each stays open from its first use on, which may be the first fault of the backend.
    private static bool IsAssembly(string target) => Path.GetExtension(target) is ".dll" or ".pdb";
}

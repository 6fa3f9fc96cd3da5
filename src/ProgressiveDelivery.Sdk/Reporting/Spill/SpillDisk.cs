using ProgressiveDelivery.Sdk.Sources.Files;

namespace ProgressiveDelivery.Sdk.Reporting.Spill;

/// <summary>The operations that a spill needs of a disk. Each may throw what a disk throws, and may hang.</summary>
/// <param name="Files">Finds, reads and deletes files.</param>
/// <param name="Create">Creates a file that lines are appended to, its folder too where missing.</param>
/// <param name="TryLock">Takes the lock file at a path, and makes it where missing; null while another owner has it. Dispose the result to release it.</param>
/// <param name="Thread">The thread to call them on.</param>
internal sealed record SpillDisk(IFileSystem Files, Func<string, IEventFile> Create, Func<string, IDisposable?> TryLock, DiskThread Thread)
{
    /// <summary>Returns the real disk, with a thread of its own.</summary>
    public static SpillDisk Of(IFileSystem files, TimeProvider clock) => new(files, EventFile.Create, LockFile.TryTake, new(clock));
}

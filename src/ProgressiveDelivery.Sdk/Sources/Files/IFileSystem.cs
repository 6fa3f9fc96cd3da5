namespace ProgressiveDelivery.Sdk.Sources.Files;

/// <summary>The operations that sources and fallbacks need of a disk. Every member may throw what a disk throws, and may hang: call it on a <see cref="DiskThread"/>.</summary>
internal interface IFileSystem
{
    /// <summary>Returns the stamp of the file at a path, links followed; null if there is none.</summary>
    FileStamp? Look(string path);

    /// <summary>Returns the identity of a file, to distinguish files of equal length and time of writing; null where the disk or system gives none.</summary>
    FileIdentity? Identify(string path) => null;

    /// <summary>Returns whether the path is a folder's.</summary>
    bool IsFolder(string path) => false;

    /// <summary>
    /// Reads one file from start to end, also when another is renamed over it meanwhile; cut after <paramref name="maximumBytes"/>.
    /// Takes no lock.
    /// </summary>
    ValueTask<byte[]> ReadAsync(string path, int maximumBytes, CancellationToken cancellationToken);

    /// <summary>Writes a new file, its folder too where missing, readable by its owner only. On the device when it returns.</summary>
    ValueTask WriteAsync(string path, IReadOnlyList<ReadOnlyMemory<byte>> pieces, CancellationToken cancellationToken);

    /// <summary>Reads one file from an offset to its end; cut after <paramref name="maximumBytes"/>, and empty if the file ends before. Takes no lock.</summary>
    ValueTask<byte[]> ReadAsync(string path, long offset, int maximumBytes, CancellationToken cancellationToken);

    /// <summary>Appends to a file that is there. On the device when it returns. If it throws, any part of the bytes may be there.</summary>
    ValueTask AppendAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);

    /// <summary>Takes the lock file at a path, and makes it, and its folder, where missing; null while another owner has it. Dispose the result to release it.</summary>
    IDisposable? TryLock(string path);

    /// <summary>Renames a file over another, in one step.</summary>
    void Replace(string source, string destination);

    /// <summary>Deletes a file; nothing when there is none.</summary>
    void Delete(string path);

    /// <summary>Returns the files of a folder whose names match a pattern; none if the folder is missing.</summary>
    IEnumerable<string> Find(string folder, string pattern);
}

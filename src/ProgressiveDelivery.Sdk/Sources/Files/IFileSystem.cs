namespace ProgressiveDelivery.Sdk.Sources.Files;

/// <summary>All that sources and fallbacks ask of a disk; every member may throw what a disk throws.</summary>
internal interface IFileSystem
{
    /// <summary>The file at a path, links followed; null when there is none.</summary>
    FileStamp? Look(string path);

    /// <summary>
    /// One file from start to end, also when another is renamed over it meanwhile; cut after <paramref name="maximumBytes"/>.
    /// Locks nobody out.
    /// </summary>
    ValueTask<byte[]> ReadAsync(string path, int maximumBytes, CancellationToken cancellationToken);

    /// <summary>Writes a new file, its folder too where missing, readable by its owner only. On the device when it returns.</summary>
    ValueTask WriteAsync(string path, IReadOnlyList<ReadOnlyMemory<byte>> pieces, CancellationToken cancellationToken);

    /// <summary>Renames a file over another, in one step.</summary>
    void Replace(string source, string destination);

    /// <summary>Deletes a file; nothing when there is none.</summary>
    void Delete(string path);

    /// <summary>The files of a folder whose names match a pattern; none where the folder is missing.</summary>
    IEnumerable<string> Find(string folder, string pattern);
}

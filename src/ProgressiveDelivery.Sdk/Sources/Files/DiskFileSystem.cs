namespace ProgressiveDelivery.Sdk.Sources.Files;

/// <summary>The real disk.</summary>
internal sealed class DiskFileSystem : IFileSystem
{
    private const FileShare NobodyIsLockedOut = FileShare.ReadWrite | FileShare.Delete;

    public FileStamp? Look(string path)
    {
        var target = SymbolicLinks.Follow(path);
        var file = new FileInfo(target);
        return file.Exists ? new(target, file.Length, file.LastWriteTimeUtc) : null;
    }

    public async ValueTask<byte[]> ReadAsync(string path, int maximumBytes, CancellationToken cancellationToken)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, NobodyIsLockedOut, bufferSize: 0, FileOptions.Asynchronous);
        await using (file.ConfigureAwait(false))
        {
            var bytes = new byte[Math.Min(file.Length, maximumBytes)];
            var read = await file.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            return read == bytes.Length ? bytes : bytes[..read];
        }
    }

    public async ValueTask WriteAsync(string path, IReadOnlyList<ReadOnlyMemory<byte>> pieces, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var file = new FileStream(path, NewAndPrivate());
        await using (file.ConfigureAwait(false))
        {
            foreach (var piece in pieces) await file.WriteAsync(piece, cancellationToken).ConfigureAwait(false);
            RandomAccess.FlushToDisk(file.SafeFileHandle);
        }
    }

    public void Replace(string source, string destination) => File.Move(source, destination, overwrite: true);

    public void Delete(string path) => File.Delete(path);

    public IEnumerable<string> Find(string folder, string pattern) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, pattern) : [];

    private static FileStreamOptions NewAndPrivate()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
            BufferSize = 0,
            Options = FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}

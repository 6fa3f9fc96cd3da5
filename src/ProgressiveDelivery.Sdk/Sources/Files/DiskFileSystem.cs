using Microsoft.Win32.SafeHandles;

namespace ProgressiveDelivery.Sdk.Sources.Files;

/// <summary>The real disk. Every call does its work on the calling thread, and its task is complete when it returns.</summary>
/// <param name="flush">Puts a file's bytes on the device; null for the system's own way.</param>
internal sealed class DiskFileSystem(Action<SafeFileHandle>? flush = null) : IFileSystem
{
    private const FileShare NobodyIsLockedOut = FileShare.ReadWrite | FileShare.Delete;

    private readonly Action<SafeFileHandle> _flush = flush ?? RandomAccess.FlushToDisk;

    public FileStamp? Look(string path)
    {
        var target = SymbolicLinks.Follow(path);
        var file = new FileInfo(target);
        return file.Exists ? new(target, file.Length, file.LastWriteTimeUtc) : null;
    }

    public bool IsFolder(string path) => Directory.Exists(path);

    public FileIdentity? Identify(string path) => FileIdentity.Of(path);

    public ValueTask<byte[]> ReadAsync(string path, int maximumBytes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, NobodyIsLockedOut, bufferSize: 0);
        var bytes = new byte[Math.Min(file.Length, maximumBytes)];
        var read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return new(read == bytes.Length ? bytes : bytes[..read]);
    }

    public ValueTask WriteAsync(string path, IReadOnlyList<ReadOnlyMemory<byte>> pieces, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var file = new FileStream(path, NewAndPrivate());
        foreach (var piece in pieces) file.Write(piece.Span);
        _flush(file.SafeFileHandle);
        return default;
    }

    public ValueTask<byte[]> ReadAsync(string path, long offset, int maximumBytes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, NobodyIsLockedOut, bufferSize: 0);
        var bytes = new byte[Math.Clamp(file.Length - offset, 0, maximumBytes)];
        file.Seek(offset, SeekOrigin.Begin);
        var read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return new(read == bytes.Length ? bytes : bytes[..read]);
    }

    public ValueTask AppendAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write, NobodyIsLockedOut, bufferSize: 0);
        file.Seek(0, SeekOrigin.End);
        file.Write(bytes.Span);
        _flush(file.SafeFileHandle);
        return default;
    }

    public IDisposable? TryLock(string path) => LockFile.TryTake(path);

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
        };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}

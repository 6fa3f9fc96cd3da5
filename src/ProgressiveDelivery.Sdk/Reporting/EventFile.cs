using Microsoft.Win32.SafeHandles;

namespace ProgressiveDelivery.Sdk.Reporting;

/// <summary>A new file on the real disk, readable by its owner only, which others may read and move while it is written.</summary>
internal sealed class EventFile : IEventFile
{
    private readonly SafeFileHandle _handle;

    private EventFile(SafeFileHandle handle) => _handle = handle;

    public long Length { get; private set; }

    /// <summary>Creates a file, and its folder where missing.</summary>
    public static EventFile Create(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read | FileShare.Delete);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(handle, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return new(handle);
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        RandomAccess.Write(_handle, bytes, Length);
        RandomAccess.FlushToDisk(_handle);
        Length += bytes.Length;
    }

    public void Truncate(long length) => RandomAccess.SetLength(_handle, length);

    public void Dispose() => _handle.Dispose();
}

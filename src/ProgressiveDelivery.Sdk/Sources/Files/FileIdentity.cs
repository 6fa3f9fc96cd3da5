using System.Runtime.InteropServices;

namespace ProgressiveDelivery.Sdk.Sources.Files;

/// <summary>
/// The identity of a file and the time of its last change of any kind, which tools that keep the time of writing (<c>cp -p</c>, <c>rsync -t</c>, <c>tar</c>) do not copy.
/// .NET does not expose it, so Linux is called directly, in a form that is the same on all processors; other systems give none.
/// </summary>
/// <param name="Device">The device.</param>
/// <param name="Inode">The file's number on it.</param>
/// <param name="Changed">The time at which its content, name or rights last changed: seconds.</param>
/// <param name="ChangedNanoseconds">And nanoseconds.</param>
internal readonly partial record struct FileIdentity(ulong Device, ulong Inode, long Changed, uint ChangedNanoseconds)
{
    private const int CurrentFolder = -100;     // AT_FDCWD
    private const uint Wanted = 0x0180;         // STATX_CTIME | STATX_INO

    // Places in struct statx of linux/stat.h.
    private const int Length = 256;
    private const int InodeAt = 32;
    private const int ChangedAt = 96;
    private const int DeviceAt = 136;

    /// <summary>Returns the identity of a file; null where the system does not give one.</summary>
    public static FileIdentity? Of(string path)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        try
        {
            Span<byte> answer = stackalloc byte[Length];
            return StatX(CurrentFolder, path, 0, Wanted, ref MemoryMarshal.GetReference(answer)) == 0 ? Read(answer) : null;
        }
        catch (Exception fault) when (fault is DllNotFoundException or EntryPointNotFoundException)
        {
            return null;    // an old C library
        }
    }

    private static FileIdentity? Read(ReadOnlySpan<byte> answer)
    {
        if ((Number32(answer) & Wanted) != Wanted)
            return null;
        var device = ((ulong)Number32(answer[DeviceAt..]) << 32) | Number32(answer[(DeviceAt + 4)..]);
        return new(device, Number64(answer[InodeAt..]), (long)Number64(answer[ChangedAt..]), Number32(answer[(ChangedAt + 8)..]));
    }

    private static uint Number32(ReadOnlySpan<byte> from) => MemoryMarshal.Read<uint>(from);

    private static ulong Number64(ReadOnlySpan<byte> from) => MemoryMarshal.Read<ulong>(from);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int StatX(int folder, string path, int flags, uint mask, ref byte answer);
}

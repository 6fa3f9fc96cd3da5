using System.Diagnostics;

namespace ProgressiveDelivery.Sdk.Faults.Support;

/// <summary>A file system in memory, mounted on a folder until it is disposed.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string _folder;

    /// <param name="folder">Where it is mounted.</param>
    /// <param name="options">Its options: <c>size=16k</c>, <c>ro</c>.</param>
    /// <exception cref="InvalidOperationException">It cannot be mounted.</exception>
    public SmallDisk(string folder, string options)
    {
        _folder = folder;
        if (Run("mount", "-t", "tmpfs", "-o", options, "tmpfs", folder) != 0) throw new InvalidOperationException("This process may not mount a file system.");
    }

    public void MakeReadOnly() => Run("mount", "-o", "remount,ro", _folder);

    public void MakeWritable() => Run("mount", "-o", "remount,rw", _folder);

    public void Dispose() => Run("umount", "-l", _folder);

    private static int Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}

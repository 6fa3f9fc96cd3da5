using System.Diagnostics;

namespace ProgressiveDelivery.Sdk.Faults.Support;

/// <summary>A file system of its own, in an image file, mounted on a folder until it is disposed. It can be frozen: then every write hangs, and so do those who wait for it.</summary>
internal sealed class LoopDisk : IDisposable
{
    private const int Size = 8 * 1024 * 1024;

    private readonly string _folder;
    private Process? _watchdog;

    /// <param name="image">The image file, which is made.</param>
    /// <param name="folder">The folder that it is mounted on.</param>
    /// <exception cref="InvalidOperationException">It cannot be mounted.</exception>
    public LoopDisk(string image, string folder)
    {
        _folder = folder;
        using (var file = File.Create(image)) file.SetLength(Size);
        // What is renamed into place is not flushed by the file system of its own accord.
        if (Run("mkfs.ext4", "-q", image) != 0 || Run("mount", "-o", "loop,noauto_da_alloc,commit=600", image, folder) != 0)
            throw new InvalidOperationException("This process may not mount a file system of its own.");
    }

    /// <summary>Freezes it, until it is thawed, or for three minutes: a test that dies must not leave a process that cannot be killed.</summary>
    public void Freeze()
    {
        if (Run("fsfreeze", "-f", _folder) != 0) throw new InvalidOperationException("This process may not freeze a file system.");
        _watchdog = Process.Start("sh", ["-c", "sleep 180; fsfreeze -u \"$0\"", _folder]);
    }

    public void Thaw()
    {
        if (_watchdog is null) return;
        Run("fsfreeze", "-u", _folder);
        _watchdog.Kill(entireProcessTree: true);
        _watchdog.WaitForExit();
        _watchdog.Dispose();
        _watchdog = null;
    }

    public void Dispose()
    {
        Thaw();
        Run("umount", "-l", _folder);
    }

    private static int Run(string program, params string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
            using var process = Process.Start(start)!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return -1;
        }
    }
}

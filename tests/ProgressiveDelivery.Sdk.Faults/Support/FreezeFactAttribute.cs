namespace ProgressiveDelivery.Sdk.Faults.Support;

/// <summary>A test that needs a file system of its own that can be frozen, and is skipped where this process may not mount or freeze one.</summary>
public sealed class FreezeFactAttribute : FactAttribute
{
    private static readonly Lazy<bool> CanFreeze = new(Try);

    public FreezeFactAttribute()
    {
        if (!CanFreeze.Value) Skip = "This process may not freeze a file system: run as root on Linux, with mkfs.ext4, loop devices and fsfreeze.";
    }

    private static bool Try()
    {
        if (!OperatingSystem.IsLinux()) return false;
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder.File("disk"));
        try
        {
            using var disk = new LoopDisk(folder.File("image"), folder.File("disk"));
            disk.Freeze();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}

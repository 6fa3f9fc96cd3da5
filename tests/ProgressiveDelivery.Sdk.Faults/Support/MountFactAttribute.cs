namespace ProgressiveDelivery.Sdk.Faults.Support;

/// <summary>A test that needs a small file system of its own, and is skipped where this process may not mount one.</summary>
public sealed class MountFactAttribute : FactAttribute
{
    private static readonly Lazy<bool> CanMount = new(Try);

    public MountFactAttribute()
    {
        if (!CanMount.Value) Skip = "This process may not mount a file system: run as root on Linux.";
    }

    private static bool Try()
    {
        if (!OperatingSystem.IsLinux()) return false;
        using var folder = new TempFolder();
        try
        {
            using var mount = new SmallDisk(folder.Path, "size=16k");
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}

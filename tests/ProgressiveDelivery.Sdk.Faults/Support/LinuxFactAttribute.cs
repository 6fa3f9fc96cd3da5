namespace ProgressiveDelivery.Sdk.Faults.Support;

/// <summary>A test of what only <c>/proc</c> tells.</summary>
public sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute()
    {
        if (!OperatingSystem.IsLinux()) Skip = "It reads /proc: run it on Linux.";
    }
}

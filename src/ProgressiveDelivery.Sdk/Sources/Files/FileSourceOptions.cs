namespace ProgressiveDelivery.Sdk.Sources.Files;

/// <summary>The options of reading and watching a snapshot file.</summary>
public class FileSourceOptions
{
    /// <summary>The file; a relative path starts at the host's content root, or without a host at <see cref="AppContext.BaseDirectory"/>. Required.</summary>
    public string Path { get; set; } = "";

    /// <summary>
    /// The interval at which the file is checked; 5 seconds by default, 100 milliseconds at least, a day at most. A check compares the
    /// file's target, length and time of writing, and on Linux its inode. The file is read when these changed, and counts as changed only when its
    /// content did. Without an inode, it is also reread now and then while these stay the same, at 64 KiB a second at most.
    /// </summary>
    public TimeSpan PollingInterval { get; set; } = TimeSpan.FromSeconds(5);
}

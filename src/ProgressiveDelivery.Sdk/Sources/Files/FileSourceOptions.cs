namespace ProgressiveDelivery.Sdk.Sources.Files;

/// <summary>How a snapshot file is read and watched.</summary>
public sealed class FileSourceOptions
{
    /// <summary>The file; a relative path starts at the current folder of the moment the client is made. Required.</summary>
    public string Path { get; set; } = "";

    /// <summary>
    /// How often the file is looked at; 5 seconds by default, 100 milliseconds at least, a day at most. A look asks for the
    /// file's target, length and time of writing; it is read only when these changed, and counts as changed only when its content did.
    /// </summary>
    public TimeSpan PollingInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest file that is read, in bytes; 64 MiB by default.</summary>
    public int MaximumBytes { get; set; } = 64 * 1024 * 1024;
}

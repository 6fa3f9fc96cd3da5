namespace ProgressiveDelivery.Sdk.Reporting;

/// <summary>The options of files of events.</summary>
public sealed class FileEventSinkOptions
{
    /// <summary>
    /// The folder, and the beginning of the files' names: <c>events/shop</c> writes <c>events/shop-20260302T080000Z-1f3a9c7e.jsonl</c>. A relative path starts at
    /// the host's content root, or without a host at <see cref="AppContext.BaseDirectory"/>. Required. The folder is made where missing. Processes may share a
    /// path: each writes files of its own.
    /// </summary>
    public string Path { get; set; } = "";

    /// <summary>The size after which a new file begins, in bytes; 64 MiB by default, at least 1 KiB. A batch is never split, so a file may be larger by one batch.</summary>
    public int MaxFileBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>The age after which a new file begins, 1 second to 30 days; an hour by default.</summary>
    public TimeSpan RollInterval { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// The size of all files of the path together, in bytes; 1 GiB by default, at least <see cref="MaxFileBytes"/>. When a new file begins, the oldest are deleted
    /// until the rest fits, shipped or not. A file of another process is deleted only if it is older than <see cref="RollInterval"/>.
    /// </summary>
    public long MaxTotalBytes { get; set; } = 1024L * 1024 * 1024;
}

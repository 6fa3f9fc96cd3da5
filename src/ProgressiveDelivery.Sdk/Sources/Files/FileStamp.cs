namespace ProgressiveDelivery.Sdk.Sources.Files;

/// <summary>What tells one state of a file from another without reading it.</summary>
/// <param name="Target">The file itself, every symbolic link on the way followed.</param>
/// <param name="Length">In bytes.</param>
/// <param name="LastWrite">As the file system tells it, which may be as coarse as two seconds.</param>
internal readonly record struct FileStamp(string Target, long Length, DateTimeOffset LastWrite);

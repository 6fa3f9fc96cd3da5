namespace ProgressiveDelivery.Sdk.Sources.Files;

/// <summary>The stamp that distinguishes the states of a file without reading it.</summary>
/// <param name="Target">The file itself, every symbolic link on the way followed.</param>
/// <param name="Length">The length in bytes.</param>
/// <param name="LastWrite">The time of writing, as the file system gives it; it may be as coarse as two seconds.</param>
internal readonly record struct FileStamp(string Target, long Length, DateTimeOffset LastWrite);

namespace ProgressiveDelivery.Sdk.Sources.Files;

/// <summary>A file that one process at a time has open. The system releases it when the process ends, however it ends.</summary>
internal static class LockFile
{
    /// <summary>Takes the lock file at a path, and makes it, and its folder, where missing.</summary>
    /// <returns>Null while another owner has it.</returns>
    public static IDisposable? TryTake(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException fault) when (fault is not DirectoryNotFoundException)
        {
            return null;
        }
    }
}

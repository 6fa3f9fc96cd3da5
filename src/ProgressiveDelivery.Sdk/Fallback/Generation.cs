namespace ProgressiveDelivery.Sdk.Fallback;

/// <summary>One of the snapshots that are kept on disk.</summary>
/// <param name="Version">Its version, as the file's name tells it.</param>
/// <param name="Path">The file.</param>
internal readonly record struct Generation(long Version, string Path);

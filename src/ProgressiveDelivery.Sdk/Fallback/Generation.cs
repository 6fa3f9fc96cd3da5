namespace ProgressiveDelivery.Sdk.Fallback;

/// <summary>One of the snapshots that are kept on disk.</summary>
/// <param name="Version">Its version, from the file's name.</param>
/// <param name="Path">The file.</param>
internal readonly record struct Generation(long Version, string Path);

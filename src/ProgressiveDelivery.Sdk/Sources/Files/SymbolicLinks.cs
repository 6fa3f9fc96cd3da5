namespace ProgressiveDelivery.Sdk.Sources.Files;

/// <summary>
/// Follows every link of a path, those of its folders too. A Kubernetes volume is swapped through a linked folder
/// (<c>flags.json</c> → <c>..data/flags.json</c>, <c>..data</c> → <c>..2026_11_22</c>), which
/// <see cref="File.ResolveLinkTarget"/> does not look at.
/// </summary>
internal static class SymbolicLinks
{
    private const int MaxLinks = 40;

    public static string Follow(string path)
    {
        var current = Path.GetFullPath(path);
        for (var links = 0; links < MaxLinks; links++)
        {
            if (FollowFirst(current) is not { } next) return current;
            current = next;
        }

        throw new IOException($"The path '{path}' runs through more than {MaxLinks} symbolic links.");
    }

    private static string? FollowFirst(string path)
    {
        for (var end = NextEnd(path, Path.GetPathRoot(path)!.Length); end > 0; end = NextEnd(path, end + 1))
        {
            var step = path[..end];
            if (TargetOf(step, isLast: end == path.Length) is not { } target) continue;

            var folder = Path.GetDirectoryName(step)!;
            return Path.GetFullPath(Path.Join(Path.Combine(folder, target), path[end..]));
        }

        return null;
    }

    private static string? TargetOf(string step, bool isLast) =>
        isLast ? new FileInfo(step).LinkTarget : new DirectoryInfo(step).LinkTarget;

    private static int NextEnd(string path, int start)
    {
        if (start >= path.Length) return -1;
        var separator = path.IndexOf(Path.DirectorySeparatorChar, start);
        return separator < 0 ? path.Length : separator;
    }
}

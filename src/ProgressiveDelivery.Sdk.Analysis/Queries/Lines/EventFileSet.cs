namespace ProgressiveDelivery.Sdk.Analysis.Queries.Lines;

/// <summary>Finds the files that paths and patterns name.</summary>
internal static class EventFileSet
{
    private static readonly string[] LineSuffixes = [".jsonl", ".ndjson", ".json", ".jsonl.gz", ".ndjson.gz", ".json.gz"];

    /// <summary>
    /// Returns the files, each once: those of a pattern or folder in ordinal order of their paths, patterns in the order given. <c>*</c> and <c>?</c> stand in the last part of
    /// a path only. A folder stands for its event files, without those of its folders.
    /// </summary>
    /// <exception cref="FileNotFoundException">A pattern names no file.</exception>
    public static IReadOnlyList<string> Find(IEnumerable<string> patterns)
    {
        var files = new List<string>();
        foreach (var pattern in patterns)
        {
            var found = Match(pattern).Order(StringComparer.Ordinal).ToList();
            if (found.Count == 0)
                throw new FileNotFoundException($"No event file matches '{pattern}'. Give a file, a folder of event files, or a pattern such as 'events/*.jsonl'.", pattern);
            files.AddRange(found);
        }
        return [.. files.Distinct(StringComparer.Ordinal)];
    }

    public static bool IsParquet(string path) => path.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> Match(string pattern)
    {
        if (Directory.Exists(pattern))
            return Directory.EnumerateFiles(pattern).Where(file => IsParquet(file) || LineSuffixes.Any(suffix => file.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)));
        if (File.Exists(pattern))
            return [pattern];
        var folder = Path.GetDirectoryName(pattern) is { Length: > 0 } parent ? parent : ".";
        var name = Path.GetFileName(pattern);
        return Directory.Exists(folder) && name.AsSpan().IndexOfAny('*', '?') >= 0 ? Directory.EnumerateFiles(folder, name) : [];
    }
}

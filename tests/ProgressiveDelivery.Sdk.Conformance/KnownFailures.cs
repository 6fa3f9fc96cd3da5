namespace ProgressiveDelivery.Sdk.Conformance;

/// <summary>The cases that we hold to be wrong, from <c>known-failures.txt</c>: an id and the reason. They are run, and counted as failed.</summary>
internal static class KnownFailures
{
    private static readonly Dictionary<string, string> Reasons = Read();

    public static bool Has(string id) => Reasons.ContainsKey(id);

    public static string? ReasonOf(string id) => Reasons.GetValueOrDefault(id);

    private static Dictionary<string, string> Read()
    {
        var reasons = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "known-failures.txt")))
        {
            if (line.Length == 0 || line.StartsWith('#'))
                continue;
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            reasons.Add(line[..space], line[(space + 1)..]);
        }

        return reasons;
    }
}

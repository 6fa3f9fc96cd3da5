namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Flags;

/// <summary>Finds the keys that a misspelt one may stand for.</summary>
internal static class NearKeys
{
    private const int MaxLength = 64;
    private const int MaxKeys = 20_000;
    private const int MaxFound = 5;

    /// <summary>Returns the nearest keys, at most five: those within a third of the length, and those that contain it.</summary>
    public static IReadOnlyList<string> Find(string key, IEnumerable<string> keys)
    {
        if (key.Length is 0 or > MaxLength)
            return [];
        var within = Math.Clamp(key.Length / 3, 1, 5);
        return [.. keys.Take(MaxKeys).Select(candidate => (candidate, Distance: Distance(key, candidate, within))).Where(near => near.Distance <= within).OrderBy(static near => near.Distance).Take(MaxFound).Select(static near => near.candidate)];
    }

    private static int Distance(string key, string candidate, int within)
    {
        if (key.Length > 2 && candidate.Contains(key, StringComparison.OrdinalIgnoreCase))
            return within;
        return Math.Abs(key.Length - candidate.Length) > within ? int.MaxValue : Edits(key, candidate);
    }

    private static int Edits(string left, string right)
    {
        Span<int> row = stackalloc int[right.Length + 1];
        for (var j = 0; j <= right.Length; j++)
            row[j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var replaced = diagonal + (char.ToUpperInvariant(left[i - 1]) == char.ToUpperInvariant(right[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[right.Length];
    }
}

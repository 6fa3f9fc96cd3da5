namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>Finds what somebody who misspelt a name may have meant.</summary>
internal static class NearestName
{
    // Bounds the cost: a suggestion is a courtesy.
    private const int LongestName = 64;
    private const int MostNames = 10_000;

    /// <summary>The known name that is nearest, within a third of the length and three edits; null when none is.</summary>
    public static string? Find(string name, IEnumerable<string> known)
    {
        if (name.Length is 0 or > LongestName)
            return null;

        string? nearest = null;
        var within = Math.Min(3, Math.Max(1, name.Length / 3));
        foreach (var candidate in known.Take(MostNames))
        {
            if (Math.Abs(candidate.Length - name.Length) > within)
                continue;

            var distance = Distance(name, candidate, within);
            if (distance > within)
                continue;

            if (distance == 0)
                return candidate;
            nearest = candidate;
            within = distance - 1;
        }

        return nearest;
    }

    /// <summary>Insertions, deletions and replacements between two names, letters of either case being the same; gives up beyond a bound.</summary>
    private static int Distance(string left, string right, int bound)
    {
        Span<int> row = stackalloc int[LongestName + 4];
        for (var j = 0; j <= right.Length; j++)
            row[j] = j;

        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            var smallest = row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var replaced = diagonal + (Same(left[i - 1], right[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
                smallest = Math.Min(smallest, row[j]);
            }

            if (smallest > bound)
                return bound + 1;
        }

        return row[right.Length];
    }

    private static bool Same(char left, char right) => char.ToUpperInvariant(left) == char.ToUpperInvariant(right);
}

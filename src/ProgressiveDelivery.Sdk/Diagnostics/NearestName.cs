namespace ProgressiveDelivery.Sdk.Diagnostics;

/// <summary>Finds the name that a misspelt one may stand for.</summary>
internal static class NearestName
{
    // Bounds the cost: a suggestion is a courtesy.
    private const int MaxName = 64;
    private const int MaxNames = 10_000;

    // As the format's text has it. Shorter names are near to too much: 'note' is not 'not', nor 'side' 'id'.
    private const int MinMisspelt = 4;
    private const int MaxEdits = 2;

    /// <summary>Returns the nearest known name, within a third of the length and three edits; null if there is none.</summary>
    public static string? Find(string name, IEnumerable<string> known)
    {
        if (name.Length is 0 or > MaxName)
            return null;

        string? nearest = null;
        var within = Math.Min(3, Math.Max(1, name.Length / 3));
        foreach (var candidate in known.Take(MaxNames))
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

    /// <summary>
    /// Returns the edits between a member's name and the known one that it may misspell; null if it does not misspell it. None if they differ only in case; up to two if the known
    /// name has four letters or more. Letters of either case are the same; letters that changed places are two edits.
    /// </summary>
    public static int? Misspells(string name, string known)
    {
        if (string.Equals(name, known, StringComparison.OrdinalIgnoreCase))
            return 0;
        if (known.Length < MinMisspelt || name.Length > MaxName || Math.Abs(name.Length - known.Length) > MaxEdits)
            return null;
        return Distance(name, known, MaxEdits) is var edits and <= MaxEdits ? edits : null;
    }

    /// <summary>Insertions, deletions and replacements between two names, letters of either case being the same; gives up beyond a bound.</summary>
    private static int Distance(string left, string right, int bound)
    {
        Span<int> row = stackalloc int[MaxName + 4];
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

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Explaining;

/// <summary>Finds names that are close to a text.</summary>
internal static class NearestNames
{
    private const int MaxNames = 5;
    private const int MaxLength = 100;

    /// <summary>Returns at most five names that differ in few characters, or hold the text; the nearest first.</summary>
    public static IReadOnlyList<string> Of(string text, IEnumerable<string> names)
    {
        if (text.Length is 0 or > MaxLength)
            return [];
        var max = Math.Max(2, text.Length / 3);
        return
        [
            .. names.Where(name => name.Length <= MaxLength)
                .Select(name => (Name: name, Distance: Distance(text, name, max)))
                .Where(found => found.Distance <= max)
                .OrderBy(found => found.Distance).ThenBy(found => found.Name, StringComparer.Ordinal)
                .Take(MaxNames)
                .Select(found => found.Name),
        ];
    }

    private static int Distance(string one, string other, int max)
    {
        if (other.Contains(one, StringComparison.OrdinalIgnoreCase) || (other.Length > 2 && one.Contains(other, StringComparison.OrdinalIgnoreCase)))
            return 1;
        if (Math.Abs(one.Length - other.Length) > max)
            return int.MaxValue;
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var above = row[j];
                var cost = char.ToLowerInvariant(one[i - 1]) == char.ToLowerInvariant(other[j - 1]) ? 0 : 1;
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, diagonal + cost);
                diagonal = above;
            }
        }

        return row[^1];
    }
}

using ProgressiveDelivery.Sdk.Control;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Comparing;

/// <summary>Describes a difference of snapshots in numbers.</summary>
internal static class DifferenceWords
{
    /// <summary>Returns a sentence or two on the flags by kind of change.</summary>
    public static IEnumerable<string> Kinds(SnapshotDifference difference)
    {
        string[] parts =
        [
            .. Part(difference.Changed.Count, "flag is defined otherwise", "flags are defined otherwise"),
            .. Part(difference.Added.Count, "is new", "are new"),
            .. Part(difference.Removed.Count, "is removed", "are removed"),
            .. Part(difference.Affected.Count, "is affected through others", "are affected through others"),
            .. Part(difference.MetadataOnly.Count, "differs in metadata only", "differ in metadata only"),
        ];
        if (parts.Length == 0)
            return ["No flag differs."];
        if (difference.Changed.Count == 0)
            parts[0] = parts[0].Insert(parts[0].IndexOf(' ', StringComparison.Ordinal), parts[0].StartsWith("1 ", StringComparison.Ordinal) ? " flag" : " flags");
        return [string.Join(", ", parts) + "."];
    }

    /// <summary>Returns a few words for a row of the history, such as <c>2 changed, 1 affected</c>.</summary>
    public static string Short(SnapshotDifference difference)
    {
        string[] parts =
        [
            .. Part(difference.Changed.Count, "flag changed", "flags changed"),
            .. Part(difference.Added.Count, "added", "added"),
            .. Part(difference.Removed.Count, "removed", "removed"),
            .. Part(difference.Affected.Count, "affected", "affected"),
        ];
        return parts.Length > 0 ? string.Join(", ", parts)
            : difference.MetadataOnly.Count > 0 ? "metadata only"
            : "no flag differs";
    }

    /// <summary>Returns the number of flags that differ in any way.</summary>
    public static int Flags(SnapshotDifference difference) =>
        difference.Changed.Count + difference.Added.Count + difference.Removed.Count + difference.Affected.Count + difference.MetadataOnly.Count;

    private static string[] Part(int count, string one, string more) => count == 0 ? [] : [Numbers.Count(count) + ' ' + (count == 1 ? one : more)];
}

using System.Diagnostics;

namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>
/// Creates the next version from a version and a patch, and changes neither. Definitions that the patch does not name are shared and keep their
/// order; new ones come last.
/// </summary>
internal static class PatchApplication
{
    /// <summary>Applies a patch to its base version.</summary>
    public static SnapshotDefinition Apply(SnapshotDefinition definition, SnapshotPatch patch)
    {
        Debug.Assert(patch.BaseVersion == definition.Version, "The caller checks that, and says so.");
        return definition with
        {
            Version = patch.Version,
            PublishedAt = patch.PublishedAt,
            ChangedBy = null,
            ChangeReason = null,
            Flags = Merge(definition.Flags, patch.Flags, patch.RemovedFlags, flag => flag.Key),
            Segments = Merge(definition.Segments, patch.Segments, [], segment => segment.Name),
        };
    }

    private static IReadOnlyList<T> Merge<T>(IReadOnlyList<T> old, IReadOnlyList<T> set, IReadOnlyList<string> removed, Func<T, string> name)
        where T : class
    {
        if (set.Count == 0 && removed.Count == 0)
            return old;

        // Null removes the name.
        var changes = new Dictionary<string, T?>(set.Count + removed.Count, StringComparer.Ordinal);
        foreach (var gone in removed)
            changes[gone] = null;
        foreach (var definition in set)
            changes[name(definition)] = definition;

        var merged = new List<T>(old.Count + set.Count);
        var inPlace = new HashSet<string>(StringComparer.Ordinal);
        foreach (var definition in old)
        {
            if (!changes.TryGetValue(name(definition), out var change))
                merged.Add(definition);
            else if (change is not null && inPlace.Add(name(definition)))
                merged.Add(change);
        }

        merged.AddRange(set.Where(definition => !inPlace.Contains(name(definition))));
        return merged;
    }
}

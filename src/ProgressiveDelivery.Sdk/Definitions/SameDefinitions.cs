namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>Compares whole snapshots by their valid definitions, in any order.</summary>
internal static class SameDefinitions
{
    public static bool Are(SnapshotDefinition one, SnapshotDefinition other) =>
        ReferenceEquals(one, other)
        || (Frame(one) == Frame(other)
            && Are(one.Flags.Where(flag => flag.Defect is null), other.Flags.Where(flag => flag.Defect is null), flag => flag.Key)
            && Are(one.Segments.Where(segment => segment.Defect is null), other.Segments.Where(segment => segment.Defect is null), segment => segment.Name)
            && Are(one.Layers.Where(layer => layer.Defect is null), other.Layers.Where(layer => layer.Defect is null), layer => layer.Name)
            && Are(one.Holdouts.Where(holdout => holdout.Defect is null), other.Holdouts.Where(holdout => holdout.Defect is null), holdout => holdout.Name));

    private static SnapshotDefinition Frame(SnapshotDefinition snapshot) => snapshot with { Flags = [], Segments = [], Layers = [], Holdouts = [] };

    private static bool Are<T>(IEnumerable<T> one, IEnumerable<T> other, Func<T, string> nameOf)
        where T : notnull
    {
        var named = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var item in one)
        {
            if (!named.TryAdd(nameOf(item), item))
                return false;
        }

        foreach (var item in other)
        {
            if (!named.Remove(nameOf(item), out var same) || !same.Equals(item))
                return false;
        }

        return named.Count == 0;
    }
}

namespace ProgressiveDelivery.Sdk.Fuzz.Targets;

/// <summary>All targets; each has a folder of its name in the corpus.</summary>
internal static class FuzzTargets
{
    public static IReadOnlyList<IFuzzTarget> All { get; } = [new SnapshotTarget(), new StreamTarget(), new StoredTarget()];

    public static IFuzzTarget? Find(string name) => All.FirstOrDefault(target => target.Name == name);
}

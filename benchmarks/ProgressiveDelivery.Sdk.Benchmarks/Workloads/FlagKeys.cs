namespace ProgressiveDelivery.Sdk.Benchmarks.Workloads;

/// <summary>The keys of the snapshot that both sides load: five kinds of flags in turn.</summary>
internal static class FlagKeys
{
    public const int Count = 1_000;

    public const string Unknown = "checkout-nowhere-0500";

    public static string Of(FlagShape shape, int index) => shape switch
    {
        FlagShape.On => $"checkout-on-{index:0000}",
        FlagShape.AttributeRule => $"checkout-rule-{index:0000}",
        FlagShape.Rollout => $"checkout-rollout-{index:0000}",
        FlagShape.ThreeRules => $"checkout-banner-{index:0000}",
        _ => $"checkout-off-{index:0000}",
    };

    /// <summary>A flag of that kind in the middle of the snapshot.</summary>
    public static string Middle(FlagShape shape) => Of(shape, (FlagKeys.Count / 2) + (int)shape);

    public static IEnumerable<(string Key, FlagShape Shape)> All(int count) =>
        Enumerable.Range(0, count).Select(index => (Of(ShapeOf(index), index), ShapeOf(index)));

    private static FlagShape ShapeOf(int index) => (FlagShape)(index % 5);
}

/// <summary>The kinds of flags measured.</summary>
internal enum FlagShape
{
    On,
    AttributeRule,
    Rollout,
    ThreeRules,
    Off,
}

using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Fuzz.Targets;

/// <summary>Limits so low that short inputs exceed them.</summary>
internal static class FuzzLimits
{
    public const int MaxEvent = 100_000;

    public const int TightEvent = 200;

    public static SnapshotLimits Snapshot { get; } = new()
    {
        MaxBytes = 64 * 1024,
        MaxDepth = 24,
        MaxFlags = 20,
        MaxRulesPerFlag = 6,
        MaxSegmentMembers = 6,
        MaxPatternLength = 40,
        MaxReferenceLength = 40,
    };
}

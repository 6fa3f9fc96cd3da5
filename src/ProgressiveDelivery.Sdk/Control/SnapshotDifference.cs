namespace ProgressiveDelivery.Sdk.Control;

/// <summary>The difference between two snapshots. All lists of flags hold keys, in ordinal order.</summary>
public sealed record SnapshotDifference
{
    /// <summary>The version that is compared; 0 for no rules.</summary>
    public long FromVersion { get; init; }

    /// <summary>The version that it is compared with.</summary>
    public long ToVersion { get; init; }

    /// <summary>Flags that only <see cref="ToVersion"/> has.</summary>
    public IReadOnlyList<string> Added { get; init; } = [];

    /// <summary>Flags that only <see cref="FromVersion"/> has.</summary>
    public IReadOnlyList<string> Removed { get; init; } = [];

    /// <summary>Flags whose definitions differ in a way that can change an answer.</summary>
    public IReadOnlyList<string> Changed { get; init; } = [];

    /// <summary>
    /// Flags with equal definitions that can still answer differently: through a flag, segment, layer or holdout that they depend on,
    /// or a kill.
    /// </summary>
    public IReadOnlyList<string> Affected { get; init; } = [];

    /// <summary>Flags that differ in metadata only.</summary>
    public IReadOnlyList<string> MetadataOnly { get; init; } = [];

    /// <summary>The changes of variant for the given contexts.</summary>
    public IReadOnlyList<VariantMove> Moves { get; init; } = [];
}

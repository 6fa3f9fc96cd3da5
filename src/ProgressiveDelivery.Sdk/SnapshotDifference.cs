namespace ProgressiveDelivery.Sdk;

/// <summary>What is different between two snapshots. All lists of flags hold keys, in ordinal order.</summary>
public sealed record SnapshotDifference
{
    /// <summary>The version that is compared; 0: no rules.</summary>
    public long FromVersion { get; init; }

    /// <summary>The version that it is compared with.</summary>
    public long ToVersion { get; init; }

    /// <summary>Flags that only <see cref="ToVersion"/> has.</summary>
    public IReadOnlyList<string> Added { get; init; } = [];

    /// <summary>Flags that only <see cref="FromVersion"/> has.</summary>
    public IReadOnlyList<string> Removed { get; init; } = [];

    /// <summary>Flags that are defined otherwise, in what can matter to an answer.</summary>
    public IReadOnlyList<string> Changed { get; init; } = [];

    /// <summary>
    /// Flags that are defined alike and can answer otherwise all the same: through a flag, segment, layer or holdout that they depend on,
    /// or a kill.
    /// </summary>
    public IReadOnlyList<string> Affected { get; init; } = [];

    /// <summary>Flags whose metadata alone is different.</summary>
    public IReadOnlyList<string> MetadataOnly { get; init; } = [];

    /// <summary>Of the contexts asked about: who gets another variant of which flag.</summary>
    public IReadOnlyList<VariantMove> Moves { get; init; } = [];
}

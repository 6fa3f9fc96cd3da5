namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>The changes from one version of a snapshot to another.</summary>
internal sealed record SnapshotPatch
{
    /// <summary>The only version to which the patch applies.</summary>
    public required long BaseVersion { get; init; }

    /// <summary>The resulting version; higher than <see cref="BaseVersion"/>.</summary>
    public required long Version { get; init; }

    /// <summary>The time of publication.</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>The new flags, and those that replace the flag with the same key.</summary>
    public IReadOnlyList<FlagDefinition> Flags { get; init; } = [];

    /// <summary>The new segments, and those that replace the segment with the same name.</summary>
    public IReadOnlyList<SegmentDefinition> Segments { get; init; } = [];

    /// <summary>The keys of removed flags; unknown keys are ignored.</summary>
    public IReadOnlyList<string> RemovedFlags { get; init; } = [];
}

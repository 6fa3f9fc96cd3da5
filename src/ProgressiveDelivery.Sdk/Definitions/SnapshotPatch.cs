namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>What makes one version of a snapshot out of another.</summary>
internal sealed record SnapshotPatch
{
    /// <summary>The only version that the patch fits.</summary>
    public required long BaseVersion { get; init; }

    /// <summary>The version that it makes; higher than <see cref="BaseVersion"/>.</summary>
    public required long Version { get; init; }

    /// <summary>When it was published.</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>Flags that are new, or whole in place of the flag with the same key.</summary>
    public IReadOnlyList<FlagDefinition> Flags { get; init; } = [];

    /// <summary>Segments that are new, or whole in place of the segment with the same name.</summary>
    public IReadOnlyList<SegmentDefinition> Segments { get; init; } = [];

    /// <summary>The keys of flags that are no more; one that there never was does no harm.</summary>
    public IReadOnlyList<string> RemovedFlags { get; init; } = [];
}

namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>
/// The limits on a snapshot. A snapshot that exceeds a global limit is rejected; a flag or segment that exceeds its limit is quarantined. The
/// defaults are far above hand-maintained sizes and far below those that harm a host. Besides these, a snapshot with more than 7,000,000 conditions is rejected, which
/// only definitions built in code can have by default.
/// </summary>
public sealed class SnapshotLimits
{
    /// <summary>The maximum depth of any document, even if <see cref="MaxDepth"/> is higher: readers recurse, and stacks are finite.</summary>
    internal const int MaxNesting = 256;

    /// <summary>The maximum number of guards of one flag.</summary>
    internal const int MaxGuardsPerFlag = 64;

    /// <summary>The maximum number of blackouts of one rollout.</summary>
    internal const int MaxBlackouts = 32;

    // Our own form of a flag is longer than its shortest form in a document, by less than this factor.
    private const int MaxExpansion = 16;
    private const int RoomForHeads = 4 * 1024 * 1024;

    /// <summary>
    /// The maximum size of a document, in bytes, as sent and unpacked. Sources read no larger body, event or file. Default 64 MiB.
    /// </summary>
    public int MaxBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>The maximum depth of objects and lists in a document, at most 256. Default 64.</summary>
    public int MaxDepth { get; set; } = 64;

    /// <summary>The maximum number of flags. Default 50,000.</summary>
    public int MaxFlags { get; set; } = 50_000;

    /// <summary>The maximum number of rules of one flag. Default 1,000.</summary>
    public int MaxRulesPerFlag { get; set; } = 1_000;

    /// <summary>The maximum number of units that one segment names, included and excluded. Default 1,000,000.</summary>
    public int MaxSegmentMembers { get; set; } = 1_000_000;

    /// <summary>The maximum number of guards in all flags together. One flag has at most 64. Default 10,000.</summary>
    public int MaxGuards { get; set; } = 10_000;

    /// <summary>The maximum length of a regular expression, in characters. Default 1,000.</summary>
    public int MaxPatternLength { get; set; } = 1_000;

    /// <summary>The maximum length of an attribute reference, in characters. Default 256.</summary>
    public int MaxReferenceLength { get; set; } = 256;

    /// <summary>The maximum size of a text that is read back from disk. Every accepted snapshot fits, rewritten or with its later patches.</summary>
    internal int MaxKeptBytes => (int)Math.Min(((long)MaxExpansion * MaxBytes) + RoomForHeads, Array.MaxLength);

    /// <summary>
    /// Returns the limits for reading back from disk. An accepted snapshot is not rejected later for its size, or for the depth of our own form.
    /// </summary>
    internal SnapshotLimits OfKept() => new()
    {
        MaxBytes = MaxKeptBytes,
        MaxDepth = MaxNesting,
        MaxFlags = MaxFlags,
        MaxRulesPerFlag = MaxRulesPerFlag,
        MaxSegmentMembers = MaxSegmentMembers,
        MaxGuards = MaxGuards,
        MaxPatternLength = MaxPatternLength,
        MaxReferenceLength = MaxReferenceLength,
    };
}

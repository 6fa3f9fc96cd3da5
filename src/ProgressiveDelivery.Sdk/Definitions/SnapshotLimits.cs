namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>
/// How large a snapshot may be. What exceeds a limit of the whole is refused; what exceeds a limit of one flag or segment is
/// quarantined. The defaults are far above what people maintain by hand and far below what harms a host.
/// </summary>
public sealed class SnapshotLimits
{
    /// <summary>No document is read deeper than this, whatever <see cref="MaxDepth"/> says: readers recurse, and stacks end.</summary>
    internal const int DeepestNesting = 256;

    /// <summary>The size of a document, in bytes, unpacked. Default 64 MiB.</summary>
    public int MaxBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>How deep objects and lists are nested in a document, at most 256. Default 64.</summary>
    public int MaxDepth { get; set; } = 64;

    /// <summary>The number of flags. Default 50,000.</summary>
    public int MaxFlags { get; set; } = 50_000;

    /// <summary>The number of rules of one flag. Default 1,000.</summary>
    public int MaxRulesPerFlag { get; set; } = 1_000;

    /// <summary>The number of units that one segment names, included and excluded. Default 1,000,000.</summary>
    public int MaxSegmentMembers { get; set; } = 1_000_000;

    /// <summary>The length of a regular expression, in characters. Default 1,000.</summary>
    public int MaxPatternLength { get; set; } = 1_000;

    /// <summary>The length of an attribute reference, in characters. Default 256.</summary>
    public int MaxReferenceLength { get; set; } = 256;
}

namespace ProgressiveDelivery.Sdk.Fallback;

/// <summary>The outcome of reading a local fallback.</summary>
internal enum FallbackOutcome
{
    /// <summary>There is a document.</summary>
    Found,

    /// <summary>There is no such file.</summary>
    Missing,

    /// <summary>Another process has locked it.</summary>
    Locked,

    /// <summary>This process may not read it.</summary>
    NoPermission,

    /// <summary>Its end is missing.</summary>
    Truncated,

    /// <summary>It differs from what was written.</summary>
    Corrupt,

    /// <summary>It holds a document of another format.</summary>
    OtherFormat,

    /// <summary>It is larger than allowed.</summary>
    TooLarge,

    /// <summary>The disk failed in another way.</summary>
    Failed,
}

namespace ProgressiveDelivery.Sdk.Experiments;

/// <summary>The fate of a new assignment.</summary>
internal enum AssignmentResult
{
    /// <summary>It is stored.</summary>
    Stored = 0,

    /// <summary>Another process was first: its variant is served from then on.</summary>
    Lost,

    /// <summary>The store has an assignment of another version, by which the rules decide from then on.</summary>
    Outdated,

    /// <summary>The queue was full, or the client ended.</summary>
    Dropped,
}

namespace ProgressiveDelivery.Sdk.Sources;

/// <summary>The exception thrown when a source cannot be read, or a report to its backend fails.</summary>
public sealed class SnapshotSourceException : Exception
{
    private readonly bool _needsAction;

    /// <summary>Makes the exception.</summary>
    public SnapshotSourceException()
    {
    }

    /// <summary>Makes the exception with a message.</summary>
    public SnapshotSourceException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with a message and a cause.</summary>
    public SnapshotSourceException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The kind of fault; it decides the time of the next attempt.</summary>
    public FeatureClientFaultKind Kind { get; init; } = FeatureClientFaultKind.Unreachable;

    /// <summary>The HTTP status code, where there was one.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>The pause that the source requests; null if it requests none.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Indicates whether people must act first, since retries alone do not fix it.</summary>
    internal bool NeedsAction
    {
        get => _needsAction || IsWrongContent || IsFinal || Kind is FeatureClientFaultKind.AccessDenied or FeatureClientFaultKind.InvalidSnapshot;
        init => _needsAction = value;
    }

    /// <summary>Indicates whether the content was not the source's own, so that waiting for it is pointless.</summary>
    internal bool IsWrongContent { get; init; }

    /// <summary>Indicates whether the source must never be read again.</summary>
    internal bool IsFinal { get; init; }

    /// <summary>The version of a source that is behind; null if it is not.</summary>
    internal long? BehindAt { get; init; }

    /// <summary>Indicates whether a reading was rejected, and recorded already.</summary>
    internal bool IsRejection { get; init; }
}

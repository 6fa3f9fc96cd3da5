namespace ProgressiveDelivery.Sdk.Sources;

/// <summary>A source could not be read, or its backend not be told something.</summary>
public sealed class SnapshotSourceException : Exception
{
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

    /// <summary>What kind of fault it is; decides how soon it is tried again.</summary>
    public FeatureClientFaultKind Kind { get; init; } = FeatureClientFaultKind.Unreachable;

    /// <summary>The HTTP status code, where there was one.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>How long the source asks to be left alone; null: it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether what came was somebody else's, so that waiting for the source is pointless.</summary>
    internal bool IsWrongContent { get; init; }

    /// <summary>Whether the source is never to be read again.</summary>
    internal bool IsFinal { get; init; }
}

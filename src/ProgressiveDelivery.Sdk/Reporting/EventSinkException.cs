namespace ProgressiveDelivery.Sdk.Reporting;

/// <summary>The exception thrown when a sink did not deliver a batch.</summary>
public sealed class EventSinkException : Exception
{
    /// <summary>Makes the exception.</summary>
    public EventSinkException()
    {
    }

    /// <summary>Makes the exception with a message.</summary>
    public EventSinkException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with a message and a cause.</summary>
    public EventSinkException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The kind of fault; <see cref="EventSinkFaultKind.Unavailable"/> by default.</summary>
    public EventSinkFaultKind Kind { get; init; }

    /// <summary>The pause that the sink requests, an hour at most; null if it requests none.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

namespace ProgressiveDelivery.Sdk.Reporting;

/// <summary>The kind of a fault of a sink. It decides what becomes of the batch.</summary>
public enum EventSinkFaultKind
{
    /// <summary>The sink cannot take the batch now: it is tried again, after pauses that grow to a minute.</summary>
    Unavailable = 0,

    /// <summary>The sink denies access: the batch is tried again every <see cref="EventPipelineOptions.AccessDeniedPause"/>.</summary>
    AccessDenied,

    /// <summary>The batch is too large: it is split in half. A single event that is too large is lost.</summary>
    TooLarge,

    /// <summary>The sink will never take this batch: its events are lost.</summary>
    Invalid,
}

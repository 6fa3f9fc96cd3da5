namespace ProgressiveDelivery.Sdk;

/// <summary>The cause for which an event did not reach a sink, neither whole nor within a count.</summary>
public enum EventLossCause
{
    /// <summary>The sink's queue was full, and so was its table of counts.</summary>
    Capacity = 0,

    /// <summary>The sink does not take so large an event, even alone.</summary>
    TooLarge,

    /// <summary>The sink refused the batch for good, or the value of the outcome is infinite or not a number.</summary>
    Invalid,

    /// <summary>The batch could not be delivered within <c>EventPipelineOptions.MaxRetryTime</c>.</summary>
    Expired,

    /// <summary>The client ended, and its last flush did not deliver the event within <c>EventPipelineOptions.ShutdownDeadline</c>.</summary>
    Shutdown,

    /// <summary>The event came after the client had ended.</summary>
    Closed,

    /// <summary>The event was spilled, and its line is torn, damaged or gone; or the client ended, and the disk under the spill did not take the event.</summary>
    Disk,
}

namespace ProgressiveDelivery.Sdk.Soak.Events;

/// <summary>The behavior of the sink for events.</summary>
internal enum SinkMood
{
    /// <summary>It delivers.</summary>
    Fair,

    /// <summary>It throws, at times after it has read the batch.</summary>
    Throwing,

    /// <summary>It does not return, whatever is canceled, and then throws.</summary>
    Hanging,

    /// <summary>It takes small batches only, and some events not even alone.</summary>
    Narrow,

    /// <summary>It rejects each batch for good.</summary>
    Rejecting,

    /// <summary>It delivers late, at times after the client has given the call up.</summary>
    Slow,
}

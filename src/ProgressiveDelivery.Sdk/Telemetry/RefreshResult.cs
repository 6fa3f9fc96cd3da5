namespace ProgressiveDelivery.Sdk.Telemetry;

/// <summary>What one attempt at the source came to, as the meter counts it.</summary>
internal enum RefreshResult
{
    /// <summary>A snapshot was put in force.</summary>
    Applied,

    /// <summary>What is in force is current.</summary>
    Unchanged,

    /// <summary>A snapshot was not accepted.</summary>
    Refused,

    /// <summary>The source could not be read.</summary>
    Failed,
}

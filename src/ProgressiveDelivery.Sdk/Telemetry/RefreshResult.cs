namespace ProgressiveDelivery.Sdk.Telemetry;

/// <summary>The result of one attempt at the source. The meter counts the first four, spans name all.</summary>
internal enum RefreshResult
{
    /// <summary>A snapshot was put in force.</summary>
    Applied,

    /// <summary>The rules in force are current.</summary>
    Unchanged,

    /// <summary>A snapshot was not accepted.</summary>
    Refused,

    /// <summary>The source could not be read.</summary>
    Failed,

    /// <summary>A kill was obeyed.</summary>
    Killed,

    /// <summary>The read ended early: an operator requested another one, or the client ends.</summary>
    Canceled,
}

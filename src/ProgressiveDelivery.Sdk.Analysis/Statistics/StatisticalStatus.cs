namespace ProgressiveDelivery.Sdk.Analysis.Statistics;

/// <summary>Names whether a method has a result.</summary>
public enum StatisticalStatus
{
    /// <summary>There is a result.</summary>
    Ok,

    /// <summary>There is none yet. More data may help.</summary>
    Insufficient,

    /// <summary>There is none. More data does not help, or the input is wrong.</summary>
    Refused,
}

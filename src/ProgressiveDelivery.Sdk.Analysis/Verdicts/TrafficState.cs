namespace ProgressiveDelivery.Sdk.Analysis.Verdicts;

/// <summary>Names the states of a check.</summary>
public enum TrafficState
{
    /// <summary>It passed.</summary>
    Good,

    /// <summary>It passed, but should be looked at.</summary>
    Warn,

    /// <summary>It failed. The numbers cannot be trusted.</summary>
    Bad,
}

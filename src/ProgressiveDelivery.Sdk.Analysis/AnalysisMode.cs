namespace ProgressiveDelivery.Sdk.Analysis;

/// <summary>Names how often a result may be looked at.</summary>
public enum AnalysisMode
{
    /// <summary>At any time: the promise holds over all looks together. Intervals are wider.</summary>
    Sequential,

    /// <summary>Once, at the end of the period. Effects are hidden until then.</summary>
    FixedHorizon,
}

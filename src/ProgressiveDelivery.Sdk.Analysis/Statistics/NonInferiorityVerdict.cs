namespace ProgressiveDelivery.Sdk.Analysis.Statistics;

/// <summary>Names the results of a test of non-inferiority.</summary>
public enum NonInferiorityVerdict
{
    /// <summary>The data allow more harm than the margin, and less. This is not "no harm".</summary>
    Inconclusive,

    /// <summary>More harm than the margin is ruled out.</summary>
    NonInferior,

    /// <summary>The harm is more than the margin.</summary>
    Inferior,
}

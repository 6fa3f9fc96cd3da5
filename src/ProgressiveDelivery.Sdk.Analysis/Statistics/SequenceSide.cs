namespace ProgressiveDelivery.Sdk.Analysis.Statistics;

/// <summary>Names the sides of a confidence sequence.</summary>
public enum SequenceSide
{
    /// <summary>Both ends are finite.</summary>
    TwoSided,

    /// <summary>Only the lower end is finite.</summary>
    Lower,

    /// <summary>Only the upper end is finite.</summary>
    Upper,
}

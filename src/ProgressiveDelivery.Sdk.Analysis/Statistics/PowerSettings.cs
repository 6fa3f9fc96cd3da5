namespace ProgressiveDelivery.Sdk.Analysis.Statistics;

/// <summary>The settings of a plan: the chances of error, the split and the kind of analysis. Immutable.</summary>
public sealed record PowerSettings
{
    /// <summary>The two-sided chance of a false finding over all comparisons, above 0 and below 1; 0.05 by default.</summary>
    public double Alpha { get; init; } = 0.05;

    /// <summary>The chance to find the effect, above 0 and below 1; 0.8 by default. Not used where the power is computed.</summary>
    public double Power { get; init; } = 0.8;

    /// <summary>The treatment units per control unit, above 0; 1 by default.</summary>
    public double Allocation { get; init; } = 1;

    /// <summary>The number of treatments that are compared with the control, at least 1; alpha is divided by it.</summary>
    public int Comparisons { get; init; } = 1;

    /// <summary>True for an analysis by a <see cref="ConfidenceSequence"/>: sizes are then the intended ones, and it typically stops earlier.</summary>
    public bool IsSequential { get; init; }
}

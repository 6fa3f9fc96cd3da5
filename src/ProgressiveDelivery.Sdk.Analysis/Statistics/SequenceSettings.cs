namespace ProgressiveDelivery.Sdk.Analysis.Statistics;

/// <summary>The settings of a confidence sequence. They are fixed before the data. Immutable.</summary>
public sealed record SequenceSettings
{
    /// <summary>The chance that the sequence ever leaves out the truth, above 0 and below 1, below 0.5 for one side; 0.05 by default.</summary>
    public double Alpha { get; init; } = 0.05;

    /// <summary>The units of all arms at which the interval is narrowest, at least 1: the planned size.</summary>
    public required long Intended { get; init; }

    /// <summary>The side; both by default.</summary>
    public SequenceSide Side { get; init; }

    /// <summary>The value that the p-value tests; 0 by default.</summary>
    public double Null { get; init; }

    /// <summary>The units of each arm before which there is no result; 100 by default.</summary>
    public long StartAt { get; init; } = 100;
}

namespace ProgressiveDelivery.Sdk.Observation;

/// <summary>A unit was given the variant of an experiment, or of a flag that is tracked. Immutable.</summary>
public sealed class ExposureEvent : FeatureEvent
{
    /// <summary>The flag's key.</summary>
    public required string Flag { get; init; }

    /// <summary>The experiment's key; for a tracked flag outside of experiments the flag's key.</summary>
    public required string Experiment { get; init; }

    /// <summary>The variant that the unit was given.</summary>
    public required string Variant { get; init; }

    /// <summary>The id of the rule that decided, or its place (<c>#2</c>); null if the flag's default did.</summary>
    public string? Rule { get; init; }

    /// <summary>The reason for the answer.</summary>
    public EvaluationReason Reason { get; init; }

    /// <summary>The version of the snapshot that answered.</summary>
    public long SnapshotVersion { get; init; }

    /// <summary>The origin of the rules that answered.</summary>
    public SnapshotOrigin Origin { get; init; }
}

namespace ProgressiveDelivery.Sdk.Observation;

/// <summary>A unit did something that a metric measures. Immutable.</summary>
public sealed class OutcomeEvent : FeatureEvent
{
    /// <summary>The metric's name.</summary>
    public required string Metric { get; init; }

    /// <summary>The value, finite; 1 for a conversion.</summary>
    public required double Value { get; init; }

    /// <summary>The variants given before it in its <see cref="IFeatureScope"/>, at most 64; empty outside of a scope.</summary>
    public IReadOnlyList<GivenVariant> Variants { get; init; } = [];

    /// <summary>The number of answers in its scope that <see cref="Variants"/> had no room for.</summary>
    public int OmittedVariants { get; init; }
}

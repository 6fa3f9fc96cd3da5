namespace ProgressiveDelivery.Sdk.Reporting;

/// <summary>
/// The number of events that came while a sink's queue was full: exposures of one variant, or outcomes of one metric. It replaces the whole events, whose
/// units and ids are lost. Immutable.
/// </summary>
public sealed class EventCount
{
    /// <summary>A unique id, which stays the same over retries.</summary>
    public required string Id { get; init; }

    /// <summary>The time of the earliest event, UTC.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>The time of the latest event, UTC.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>The flag's key; null for outcomes.</summary>
    public string? Flag { get; init; }

    /// <summary>The experiment's key; null for outcomes, and for a tracked flag outside of experiments.</summary>
    public string? Experiment { get; init; }

    /// <summary>The variant that the units were given; null for outcomes.</summary>
    public string? Variant { get; init; }

    /// <summary>The metric's name; null for exposures.</summary>
    public string? Metric { get; init; }

    /// <summary>The number of events, at least 1.</summary>
    public required long Count { get; init; }

    /// <summary>The sum of the values of outcomes; 0 for exposures.</summary>
    public double Sum { get; init; }
}

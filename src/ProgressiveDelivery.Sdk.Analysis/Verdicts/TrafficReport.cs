namespace ProgressiveDelivery.Sdk.Analysis.Verdicts;

/// <summary>The checks of the traffic that a verdict rests on. Immutable.</summary>
public sealed record TrafficReport
{
    /// <summary>The checks: split, crossovers, losses, order of time.</summary>
    public required IReadOnlyList<TrafficCheck> Checks { get; init; }

    /// <summary>The p-value of the test of the split; null if it has none.</summary>
    public double? SplitPValue { get; init; }

    /// <summary>The first day whose units do not fit the split by themselves; null if there is none.</summary>
    public DateOnly? SplitOffSince { get; init; }

    /// <summary>The variant that lacks the most units against the plan; null unless the split is wrong.</summary>
    public string? ShortVariant { get; init; }

    /// <summary>The units that it lacks.</summary>
    public long MissingUnits { get; init; }

    /// <summary>Indicates whether no check failed.</summary>
    public bool IsSound => Checks.All(check => check.State != TrafficState.Bad);
}

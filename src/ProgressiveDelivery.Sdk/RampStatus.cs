namespace ProgressiveDelivery.Sdk;

/// <summary>A rollout whose share changes by steps, or is paused, as this process sees it.</summary>
public sealed record RampStatus
{
    /// <summary>The flag's key.</summary>
    public required string Flag { get; init; }

    /// <summary>The rule whose rollout it is; null for the flag's default.</summary>
    public string? Rule { get; init; }

    /// <summary>The percentage of units that are admitted now.</summary>
    public decimal Percent { get; init; }

    /// <summary>The time since which it is at the present step; null before the first one.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The percentage of the next step; null at the last one.</summary>
    public decimal? Next { get; init; }

    /// <summary>The time before which the next step is not reached; null at the last one.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>The conditions that the next step waits for, for people: <c>guard 'errors': 120 of 500 outcomes</c>. Empty if it waits for its time alone.</summary>
    public IReadOnlyList<string> WaitsFor { get; init; } = [];

    /// <summary>Indicates whether it stays at its percentage until an operator or a snapshot ends that.</summary>
    public bool IsPaused { get; init; }
}

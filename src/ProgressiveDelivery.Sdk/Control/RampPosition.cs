namespace ProgressiveDelivery.Sdk.Control;

/// <summary>
/// The position of a rollout whose steps have gates, or that is paused. It holds across snapshots and restarts, until a snapshot raises the flag's attempt.
/// </summary>
public sealed record RampPosition
{
    /// <summary>The flag's key.</summary>
    public required string Flag { get; init; }

    /// <summary>The rule whose rollout it is; null for the flag's default.</summary>
    public string? Rule { get; init; }

    /// <summary>The percentage that was reached: the gates of steps up to it have been passed.</summary>
    public required decimal Reached { get; init; }

    /// <summary>Indicates whether the rollout stays at <see cref="Reached"/> at most, whatever its percentage or steps say.</summary>
    public bool IsPaused { get; init; }

    /// <summary>The cause, for people: the guard, the gate or the operator.</summary>
    public required string Cause { get; init; }

    /// <summary>The time since which it holds.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>The attempt of the flag that it holds for. A snapshot with a higher one ends it.</summary>
    public long Attempt { get; init; } = 1;
}

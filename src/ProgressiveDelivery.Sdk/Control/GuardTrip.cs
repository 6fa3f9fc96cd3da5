namespace ProgressiveDelivery.Sdk.Control;

/// <summary>
/// A guard that found its variant bad, and what holds since. It holds across snapshots and restarts until a snapshot raises the flag's attempt, a probe closes it, or an
/// operator resets it.
/// </summary>
public sealed record GuardTrip
{
    /// <summary>The flag's key.</summary>
    public required string Flag { get; init; }

    /// <summary>The guard's id.</summary>
    public required string Guard { get; init; }

    /// <summary>The variant that was found bad.</summary>
    public required string Variant { get; init; }

    /// <summary>The response.</summary>
    public required GuardResponse Response { get; init; }

    /// <summary>The variant that is served in its place; null where the response is not <see cref="GuardResponse.Revert"/>.</summary>
    public string? Served { get; init; }

    /// <summary>The evidence, for people: <c>37 of 410 outcomes of 'on' were errors, against a limit of 1 %</c>.</summary>
    public required string Evidence { get; init; }

    /// <summary>The time of the trip.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>The version of the snapshot in force then.</summary>
    public long Version { get; init; }

    /// <summary>The attempt of the flag that it holds for. A snapshot with a higher one ends it.</summary>
    public long Attempt { get; init; } = 1;

    /// <summary>The share that gets the variant again for a probe, in percent; null while no unit gets it.</summary>
    public decimal? ProbePercent { get; init; }

    /// <summary>The number of probes begun since the trip.</summary>
    public int Probes { get; init; }

    /// <summary>The time of the next probe; null while one is under way, and where the guard has no probe.</summary>
    public DateTimeOffset? NextProbe { get; init; }
}

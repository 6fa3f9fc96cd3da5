namespace ProgressiveDelivery.Sdk.Canary;

/// <summary>A read whose sides gave different values. Immutable.</summary>
public sealed record MigrationMismatch
{
    /// <summary>The migration's name.</summary>
    public required string Migration { get; init; }

    /// <summary>The time at which it was found.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The stage of the read.</summary>
    public required MigrationStage Stage { get; init; }

    /// <summary>The key that was read; null where values are left out.</summary>
    public object? Key { get; init; }

    /// <summary>The differences, at least one.</summary>
    public required IReadOnlyList<MigrationDifference> Differences { get; init; }

    /// <summary>This mismatch with the places of its differences only.</summary>
    internal MigrationMismatch Redacted() => this with { Key = null, Differences = [.. Differences.Select(difference => difference.Redacted())] };
}

namespace ProgressiveDelivery.Sdk.Canary;

/// <summary>The consistency check of one read: what the other side gave, compared with the value that the caller got. Immutable.</summary>
public sealed record MigrationCheck
{
    internal static readonly Task<MigrationCheck> None = Task.FromResult(new MigrationCheck { Result = MigrationCheckResult.None });

    internal static readonly Task<MigrationCheck> Skipped = Task.FromResult(new MigrationCheck { Result = MigrationCheckResult.Skipped });

    /// <summary>The result.</summary>
    public required MigrationCheckResult Result { get; init; }

    /// <summary>The differences; empty unless the result is <see cref="MigrationCheckResult.Different"/>. With values.</summary>
    public IReadOnlyList<MigrationDifference> Differences { get; init; } = [];

    /// <summary>The time that the other side took; null if it was not read, or was given up.</summary>
    public TimeSpan? Latency { get; init; }

    /// <summary>The fault of the other side or of the comparison; null unless the result is <see cref="MigrationCheckResult.Failed"/>.</summary>
    public Exception? Exception { get; init; }
}

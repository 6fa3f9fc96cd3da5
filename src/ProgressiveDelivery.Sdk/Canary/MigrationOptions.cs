namespace ProgressiveDelivery.Sdk.Canary;

/// <summary>
/// The two sides of a migration, and how they are compared. Reads and writes come in pairs: set a pair's both sides, or neither. The delegates are called from several
/// threads at once; reads also in the background, after the caller's request has ended. Let them use connections of their own, and nothing that belongs to a request.
/// </summary>
/// <typeparam name="TKey">The type of the key that is read and written.</typeparam>
/// <typeparam name="TResult">The type of the value under a key.</typeparam>
public sealed class MigrationOptions<TKey, TResult>
{
    /// <summary>The key of the string flag that serves the stage; by default the migration's name. Several migrations may share a flag.</summary>
    public string? Flag { get; set; }

    /// <summary>
    /// The stage if the flag serves none: it is missing or malformed, there are no rules yet, or its value is no stage. <see cref="MigrationStage.Off"/> by default.
    /// Raise it with the migration: once the new side is authoritative, the old side may lack writes.
    /// </summary>
    public MigrationStage SafeStage { get; set; }

    /// <summary>Reads a key on the old side.</summary>
    public Func<TKey, CancellationToken, ValueTask<TResult>>? ReadOld { get; set; }

    /// <summary>Reads a key on the new side.</summary>
    public Func<TKey, CancellationToken, ValueTask<TResult>>? ReadNew { get; set; }

    /// <summary>Writes a value under a key on the old side.</summary>
    public Func<TKey, TResult, CancellationToken, ValueTask>? WriteOld { get; set; }

    /// <summary>Writes a value under a key on the new side.</summary>
    public Func<TKey, TResult, CancellationToken, ValueTask>? WriteNew { get; set; }

    /// <summary>The order of the two reads in the stages <c>shadow</c> and <c>live</c>; <see cref="MigrationReadOrder.Parallel"/> by default.</summary>
    public MigrationReadOrder ReadOrder { get; set; }

    /// <summary>
    /// Reads the old side if the new one fails, in the stages <c>live</c> and <c>ramp-down</c>; off by default. The caller may then get an older value. Writes
    /// never fall back.
    /// </summary>
    public bool FallBackToOld { get; set; }

    /// <summary>The share of the reads in <c>shadow</c> and <c>live</c> that also read and compare the other side, 0 to 1; 1 by default.</summary>
    public double CheckRatio { get; set; } = 1;

    /// <summary>The number of checks that run at once, 1 to 10,000; 16 by default. While they do, further reads skip the other side, and the check is counted as skipped.</summary>
    public int MaxConcurrentChecks { get; set; } = 16;

    /// <summary>
    /// The time that the side without authority has for a write, or for its part of a check; 10 seconds by default, more than zero, 10 minutes at most. Then its token
    /// is canceled, and it counts as failed.
    /// </summary>
    public TimeSpan OtherTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Returns the differences between the old and the new value, none if they agree. By default, values that <see cref="EqualityComparer{T}.Default"/> finds unequal are
    /// one difference. See <see cref="MigrationDifference.Between{T}"/>. Runs in the background.
    /// </summary>
    public Func<TResult, TResult, IEnumerable<MigrationDifference>>? Compare { get; set; }

    /// <summary>
    /// Called for each mismatch, with its key and values, in the background and while the check counts as running. A handler that throws harms no read; its exception is logged.
    /// </summary>
    public Action<MigrationMismatch>? OnMismatch { get; set; }

    /// <summary>The number of mismatches that <see cref="Migration{TKey, TResult}.RecentMismatches"/> keeps, 0 to 1,000; 20 by default.</summary>
    public int KeptMismatches { get; set; } = 20;

    /// <summary>Indicates whether the kept mismatches hold keys and values, which may be personal data; off by default: places of differences only.</summary>
    public bool KeepValues { get; set; }
}

namespace ProgressiveDelivery.Sdk.Canary;

/// <summary>A value that a migration read, and how it came about.</summary>
/// <typeparam name="TResult">The type of the value.</typeparam>
public readonly record struct MigrationRead<TResult>
{
    private readonly Task<MigrationCheck>? _check;

    internal MigrationRead(TResult value, MigrationStage stage, MigrationSide side, TimeSpan latency, Exception? failure, Task<MigrationCheck>? check)
    {
        (Value, Stage, Side, Latency, Failure) = (value, stage, side, latency, failure);
        _check = check;
    }

    /// <summary>The value.</summary>
    public TResult Value { get; }

    /// <summary>The stage of the read, from one evaluation.</summary>
    public MigrationStage Stage { get; }

    /// <summary>The side that gave the value: the authoritative one, or the old one after a fallback.</summary>
    public MigrationSide Side { get; }

    /// <summary>The time that the authoritative side took.</summary>
    public TimeSpan Latency { get; }

    /// <summary>The fault of the new side that made the read fall back to the old one; else null.</summary>
    public Exception? Failure { get; }

    /// <summary>
    /// The consistency check, which may still run. It never fails and is never canceled: it completes within <c>OtherTimeout</c>, plus the time of the comparison. Await it in tests; a
    /// caller that answers a request does not.
    /// </summary>
    public Task<MigrationCheck> Check => _check ?? MigrationCheck.None;
}

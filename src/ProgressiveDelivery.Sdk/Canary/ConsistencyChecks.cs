namespace ProgressiveDelivery.Sdk.Canary;

/// <summary>The consistency checks of one migration.</summary>
internal sealed class ConsistencyChecks<TKey, TResult>(MigrationOptions<TKey, TResult> options, MigrationServices services)
{
    private readonly Func<TResult, TResult, IEnumerable<MigrationDifference>> _compare = options.Compare ?? CompareWhole;
    private readonly double _ratio = options.CheckRatio;

    /// <summary>The checks that run.</summary>
    public CheckGate Gate { get; } = new(options.MaxConcurrentChecks);

    public MismatchLog Mismatches { get; } = new(options.KeptMismatches, options.KeepValues, options.OnMismatch, services.Journal);

    public OtherSide Other { get; } = new(options.OtherTimeout, services.Clock);

    /// <summary>The time that each part of a check has.</summary>
    public TimeSpan Timeout => options.OtherTimeout;

    public MigrationServices Services => services;

    /// <summary>Begins the check of a read, if the sample has it and there is room.</summary>
    /// <param name="key">The key that is read.</param>
    /// <param name="stage">The stage of the read.</param>
    /// <param name="read">Reads the side without authority.</param>
    /// <param name="none">The result if there is no check.</param>
    /// <returns>The check, not started; null if there is none.</returns>
    public ConsistencyCheck<TKey, TResult>? TryBegin(TKey key, MigrationStage stage, Func<TKey, CancellationToken, ValueTask<TResult>> read, out Task<MigrationCheck> none)
    {
        none = MigrationCheck.None;
        if (_ratio < 1 && services.Random.NextDouble() >= _ratio)
            return null;
        if (Gate.TryEnter())
            return new(this, key, stage, read);
        none = MigrationCheck.Skipped;
        services.Meter?.Checked(MigrationCheckResult.Skipped);
        return null;
    }

    /// <summary>Returns the differences, the old value first whichever side was read first.</summary>
    public IReadOnlyList<MigrationDifference> Compare(MigrationSide authority, TResult authoritative, TResult other) =>
        [.. authority == MigrationSide.Old ? _compare(authoritative, other) : _compare(other, authoritative)];

    private static IEnumerable<MigrationDifference> CompareWhole(TResult old, TResult @new) =>
        EqualityComparer<TResult>.Default.Equals(old, @new) ? [] : [new("", old, @new)];
}

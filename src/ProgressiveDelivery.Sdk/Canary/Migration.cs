namespace ProgressiveDelivery.Sdk.Canary;

/// <summary>
/// A move from one store, service or implementation to another, in stages that a flag serves (<see cref="MigrationStage"/>). Each operation evaluates the flag once
/// and keeps that stage to its end. Register it with <c>AddMigration</c>, and inject it by <c>[FromKeyedServices("name")]</c>. Safe to use from any thread.
/// </summary>
/// <remarks>
/// The side without authority harms no caller: its faults and differences are measured, logged and returned, and never thrown. It may be behind the authoritative
/// side; it is never ahead, since it is written only after the authoritative side accepted the write. After disposal, operations go on without checks.
/// </remarks>
/// <typeparam name="TKey">The type of the key that is read and written.</typeparam>
/// <typeparam name="TResult">The type of the value under a key.</typeparam>
public sealed partial class Migration<TKey, TResult> : IAsyncDisposable, IDisposable
{
    private readonly IFeatureEvaluator _features;
    private readonly StageSource _stages;
    private readonly ConsistencyChecks<TKey, TResult> _checks;
    private readonly MigrationReads<TKey, TResult> _reads;
    private readonly MigrationWrites<TKey, TResult> _writes;
    private readonly MigrationServices _services;

    internal Migration(MigrationOptions<TKey, TResult> options, IFeatureEvaluator features, MigrationServices services)
    {
        (_features, _services) = (features, services);
        Flag = options.Flag ?? services.Name;
        _stages = new(Flag, options.SafeStage, services);
        _checks = new(options, services);
        _reads = new(options, _checks);
        _writes = new(options, _checks.Other, services);
    }

    /// <summary>The migration's name.</summary>
    public string Name => _services.Name;

    /// <summary>The key of the flag that serves the stage.</summary>
    public string Flag { get; }

    /// <summary>The newest mismatches of this process, the oldest first; without keys and values unless <see cref="MigrationOptions{TKey, TResult}.KeepValues"/> is set.</summary>
    public IReadOnlyList<MigrationMismatch> RecentMismatches => _checks.Mismatches.Recent;

    /// <summary>
    /// Reads the value of a key. It returns, or throws, what the authoritative side does, as soon as that side has answered; in the stages <c>shadow</c> and
    /// <c>live</c>, the other side is read and compared in the background.
    /// </summary>
    /// <param name="key">The key.</param>
    /// <param name="context">The context to evaluate the stage for.</param>
    /// <param name="cancellationToken">Cancels the read of the authoritative side. A check that has begun goes on or is given up by itself.</param>
    /// <exception cref="ArgumentNullException"><paramref name="context"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The migration has no reads.</exception>
    public ValueTask<TResult> ReadAsync(TKey key, EvaluationContext context, CancellationToken cancellationToken = default) => ReadAsync(key, context, _features, cancellationToken);

    /// <summary>Reads the value of a key, and returns it with its side, stage, latency and check.</summary>
    /// <inheritdoc cref="ReadAsync(TKey, EvaluationContext, CancellationToken)"/>
    public ValueTask<MigrationRead<TResult>> ReadWithDetailsAsync(TKey key, EvaluationContext context, CancellationToken cancellationToken = default) =>
        ReadWithDetailsAsync(key, context, _features, cancellationToken);

    /// <summary>
    /// Writes a value under a key: the authoritative side first and, if the stage writes both, the other side after it. If the authoritative side fails, its exception
    /// is thrown and the other side is not written. If the other side fails, the result and the log report it, and nothing is thrown.
    /// </summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <param name="context">The context to evaluate the stage for.</param>
    /// <param name="cancellationToken">
    /// Cancels the write of the authoritative side. Once that side has accepted the write, the token has no effect: the other side is written, within <c>OtherTimeout</c>.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="context"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The migration has no writes.</exception>
    public ValueTask<MigrationWrite> WriteAsync(TKey key, TResult value, EvaluationContext context, CancellationToken cancellationToken = default) =>
        WriteAsync(key, value, context, _features, cancellationToken);

    /// <summary>Makes a change that is no value, such as a patch or a deletion, in the order of <see cref="WriteAsync(TKey, TResult, EvaluationContext, CancellationToken)"/>.</summary>
    /// <typeparam name="TChange">The type of the change.</typeparam>
    /// <param name="key">The key.</param>
    /// <param name="change">The change, handed to the delegates: static ones need no closure.</param>
    /// <param name="writeOld">Makes the change on the old side.</param>
    /// <param name="writeNew">Makes the change on the new side.</param>
    /// <param name="context">The context to evaluate the stage for.</param>
    /// <param name="cancellationToken">Cancels the write of the authoritative side. Once that side has accepted the write, the token has no effect.</param>
    /// <exception cref="ArgumentNullException">A delegate or <paramref name="context"/> is null.</exception>
    public ValueTask<MigrationWrite> WriteAsync<TChange>(
        TKey key,
        TChange change,
        Func<TKey, TChange, CancellationToken, ValueTask> writeOld,
        Func<TKey, TChange, CancellationToken, ValueTask> writeNew,
        EvaluationContext context,
        CancellationToken cancellationToken = default) => WriteAsync(key, change, writeOld, writeNew, context, _features, cancellationToken);

    /// <summary>Gives up the checks that run. Reads and writes are not affected.</summary>
    public void Dispose() => _checks.Gate.Close();

    /// <summary>Gives up the checks that run, and waits for the comparisons and handlers in progress, for <c>OtherTimeout</c> at most.</summary>
    public async ValueTask DisposeAsync()
    {
        _checks.Gate.Close();
        await _checks.Gate.Empty.WaitAsync(_checks.Timeout, _services.Clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}

namespace ProgressiveDelivery.Sdk.Canary;

/// <content>Operations whose stage comes from the rules of a scope or snapshot, so that all operations of a unit of work have the same.</content>
public sealed partial class Migration<TKey, TResult>
{
    /// <summary>Reads the value of a key, in the stage that a scope or snapshot has.</summary>
    /// <param name="key">The key.</param>
    /// <param name="context">The context to evaluate the stage for.</param>
    /// <param name="features">Evaluates the stage: an <see cref="IFeatureScope"/> or <see cref="IFeatureSnapshot"/> has one for the whole unit of work.</param>
    /// <param name="cancellationToken">Cancels the read of the authoritative side.</param>
    /// <exception cref="ArgumentNullException"><paramref name="context"/> or <paramref name="features"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The migration has no reads.</exception>
    public ValueTask<TResult> ReadAsync(TKey key, EvaluationContext context, IFeatureEvaluator features, CancellationToken cancellationToken = default) =>
        _reads.ValueAsync(key, StageOf(features, context), cancellationToken);

    /// <summary>Reads the value of a key, in the stage that a scope or snapshot has, and returns it with its side, stage, latency and check.</summary>
    /// <inheritdoc cref="ReadAsync(TKey, EvaluationContext, IFeatureEvaluator, CancellationToken)"/>
    public ValueTask<MigrationRead<TResult>> ReadWithDetailsAsync(TKey key, EvaluationContext context, IFeatureEvaluator features, CancellationToken cancellationToken = default) =>
        _reads.ReadAsync(key, StageOf(features, context), cancellationToken);

    /// <summary>Writes a value under a key, in the stage that a scope or snapshot has; see <see cref="WriteAsync(TKey, TResult, EvaluationContext, CancellationToken)"/>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <param name="context">The context to evaluate the stage for.</param>
    /// <param name="features">Evaluates the stage: an <see cref="IFeatureScope"/> or <see cref="IFeatureSnapshot"/> has one for the whole unit of work.</param>
    /// <param name="cancellationToken">Cancels the write of the authoritative side. Once that side has accepted the write, the token has no effect.</param>
    /// <exception cref="ArgumentNullException"><paramref name="context"/> or <paramref name="features"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The migration has no writes.</exception>
    public ValueTask<MigrationWrite> WriteAsync(TKey key, TResult value, EvaluationContext context, IFeatureEvaluator features, CancellationToken cancellationToken = default) =>
        _writes.WriteAsync(key, value, StageOf(features, context), cancellationToken);

    /// <summary>Makes a change that is no value, such as a patch or a deletion, in the stage that a scope or snapshot has.</summary>
    /// <typeparam name="TChange">The type of the change.</typeparam>
    /// <param name="key">The key.</param>
    /// <param name="change">The change, handed to the delegates: static ones need no closure.</param>
    /// <param name="writeOld">Makes the change on the old side.</param>
    /// <param name="writeNew">Makes the change on the new side.</param>
    /// <param name="context">The context to evaluate the stage for.</param>
    /// <param name="features">Evaluates the stage: an <see cref="IFeatureScope"/> or <see cref="IFeatureSnapshot"/> has one for the whole unit of work.</param>
    /// <param name="cancellationToken">Cancels the write of the authoritative side. Once that side has accepted the write, the token has no effect.</param>
    /// <exception cref="ArgumentNullException">A delegate, <paramref name="context"/> or <paramref name="features"/> is null.</exception>
    public ValueTask<MigrationWrite> WriteAsync<TChange>(
        TKey key,
        TChange change,
        Func<TKey, TChange, CancellationToken, ValueTask> writeOld,
        Func<TKey, TChange, CancellationToken, ValueTask> writeNew,
        EvaluationContext context,
        IFeatureEvaluator features,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(writeOld);
        ArgumentNullException.ThrowIfNull(writeNew);
        return _writes.WriteAsync(new MigrationChange<TKey, TChange>(key, change, writeOld, writeNew), StageOf(features, context), cancellationToken);
    }

    private MigrationStage StageOf(IFeatureEvaluator features, EvaluationContext context)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(context);
        return _stages.Of(features, context);
    }
}

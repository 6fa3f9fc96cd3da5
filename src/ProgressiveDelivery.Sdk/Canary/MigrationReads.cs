using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace ProgressiveDelivery.Sdk.Canary;

/// <summary>The reads of one migration.</summary>
internal sealed class MigrationReads<TKey, TResult>
{
    private readonly Func<TKey, CancellationToken, ValueTask<TResult>> _old;
    private readonly Func<TKey, CancellationToken, ValueTask<TResult>> _new;
    private readonly MigrationReadOrder _order;
    private readonly bool _fallsBack;
    private readonly ConsistencyChecks<TKey, TResult> _checks;
    private readonly MigrationServices _services;

    public MigrationReads(MigrationOptions<TKey, TResult> options, ConsistencyChecks<TKey, TResult> checks)
    {
        _old = options.ReadOld ?? Missing;
        _new = options.ReadNew ?? Missing;
        (_order, _fallsBack) = (options.ReadOrder, options.FallBackToOld);
        (_checks, _services) = (checks, checks.Services);

        ValueTask<TResult> Missing(TKey key, CancellationToken cancellationToken) =>
            throw new InvalidOperationException($"Migration '{checks.Services.Name}' has no reads. Set ReadOld and ReadNew.");
    }

    /// <summary>Reads a value; of one side alone, without a state machine if the side has it at hand or no listener measures.</summary>
    public ValueTask<TResult> ValueAsync(TKey key, MigrationStage stage, CancellationToken cancellationToken)
    {
        if (stage.ReadsBoth() || FallsBack(stage))
            return ValueOf(ReadAsync(key, stage, cancellationToken));

        var call = new SideCall(_services, SideCall.Read, stage, stage.Authority());
        var reading = Begin(call.Side, key, cancellationToken);
        if (reading.IsCompletedSuccessfully)
        {
            call.Succeeded();
            return reading;
        }

        return _services.Meter is { MeasuresOperations: true } ? MeasuredAsync(reading, call, cancellationToken) : reading;
    }

    /// <summary>Reads a value as the stage asks, and returns as soon as the authoritative side has answered.</summary>
    public async ValueTask<MigrationRead<TResult>> ReadAsync(TKey key, MigrationStage stage, CancellationToken cancellationToken)
    {
        var none = MigrationCheck.None;
        var check = stage.ReadsBoth() ? _checks.TryBegin(key, stage, Reader(stage.Authority().Other()), out none) : null;
        if (check is not null && _order == MigrationReadOrder.Random && _services.Random.Next(2) == 0)
            await OtherFirstAsync(check, cancellationToken).ConfigureAwait(false);
        var call = new SideCall(_services, SideCall.Read, stage, stage.Authority());
        try
        {
            var reading = Begin(call.Side, key, cancellationToken);
            if (_order == MigrationReadOrder.Parallel)
                check?.Start();
            var value = await reading.ConfigureAwait(false);
            return new(value, stage, call.Side, call.Succeeded(), failure: null, check?.Compare(value) ?? none);
        }
        catch (Exception exception)
        {
            var latency = call.Failed(exception, cancellationToken);
            if (FallsBack(stage) && !SideCall.IsCanceled(exception, cancellationToken))
                return await FallBackAsync(key, stage, check, exception, latency, cancellationToken).ConfigureAwait(false);
            check?.Abandon();
            throw;
        }
    }

    private static async Task OtherFirstAsync(ConsistencyCheck<TKey, TResult> check, CancellationToken cancellationToken)
    {
        check.Start();
        await ((Task)check.Other).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (check.Other.IsCompleted)
            return;
        check.Abandon();
        cancellationToken.ThrowIfCancellationRequested();
    }

    // A check that reads the old side already has the answer soon, and spares the side a second read while the new one is down.
    private async ValueTask<MigrationRead<TResult>> FallBackAsync(
        TKey key, MigrationStage stage, ConsistencyCheck<TKey, TResult>? check, Exception failure, TimeSpan latency, CancellationToken cancellationToken)
    {
        try
        {
            var reading = check is { IsStarted: true } ? new(check.Other.WaitAsync(cancellationToken)) : ReadOldAsync(key, stage, cancellationToken);
            var value = await reading.ConfigureAwait(false);
            _services.Meter?.FellBack();
            _services.Journal.FellBack(stage, failure);
            return new(value, stage, MigrationSide.Old, latency, failure, MigrationCheck.None);
        }
        catch (Exception exception) when (!SideCall.IsCanceled(exception, cancellationToken))
        {
            ExceptionDispatchInfo.Throw(failure);
            throw;
        }
        finally
        {
            check?.Abandon();
        }
    }

    private ValueTask<TResult> ReadOldAsync(TKey key, MigrationStage stage, CancellationToken cancellationToken)
    {
        var call = new SideCall(_services, SideCall.Read, stage, MigrationSide.Old);
        return MeasuredAsync(Begin(MigrationSide.Old, key, cancellationToken), call, cancellationToken);
    }

    // A delegate that throws at once does so in its task, as an asynchronous one does.
    private ValueTask<TResult> Begin(MigrationSide side, TKey key, CancellationToken cancellationToken)
    {
        try
        {
            return Reader(side)(key, cancellationToken);
        }
        catch (Exception exception)
        {
            return ValueTask.FromException<TResult>(exception);
        }
    }

    private Func<TKey, CancellationToken, ValueTask<TResult>> Reader(MigrationSide side) => side == MigrationSide.Old ? _old : _new;

    private bool FallsBack(MigrationStage stage) => _fallsBack && stage is MigrationStage.Live or MigrationStage.RampDown;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<TResult> MeasuredAsync(ValueTask<TResult> reading, SideCall call, CancellationToken cancellationToken)
    {
        try
        {
            var value = await reading.ConfigureAwait(false);
            call.Succeeded();
            return value;
        }
        catch (Exception exception)
        {
            call.Failed(exception, cancellationToken);
            throw;
        }
    }

    private static async ValueTask<TResult> ValueOf(ValueTask<MigrationRead<TResult>> reading) => (await reading.ConfigureAwait(false)).Value;
}

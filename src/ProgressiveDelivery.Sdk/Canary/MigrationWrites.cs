namespace ProgressiveDelivery.Sdk.Canary;

/// <summary>
/// The writes of one migration: the authoritative side first, and the other side only after the authoritative one accepted. Thus the other side may be behind, and is
/// never ahead.
/// </summary>
internal sealed class MigrationWrites<TKey, TResult>(MigrationOptions<TKey, TResult> options, OtherSide other, MigrationServices services)
{
    /// <summary>Writes with the delegates of the options.</summary>
    public ValueTask<MigrationWrite> WriteAsync(TKey key, TResult value, MigrationStage stage, CancellationToken cancellationToken)
    {
        if (options.WriteOld is not { } old || options.WriteNew is not { } @new)
            throw new InvalidOperationException($"Migration '{services.Name}' has no writes. Set WriteOld and WriteNew, or pass them with the call.");
        return WriteAsync(new MigrationChange<TKey, TResult>(key, value, old, @new), stage, cancellationToken);
    }

    /// <summary>Writes as the stage asks.</summary>
    public async ValueTask<MigrationWrite> WriteAsync<TChange>(MigrationChange<TKey, TChange> change, MigrationStage stage, CancellationToken cancellationToken)
    {
        var side = stage.Authority();
        var first = await FirstAsync(change, stage, side, cancellationToken).ConfigureAwait(false);
        var second = stage.WritesBoth()
            ? await SecondAsync(change, stage, side.Other()).ConfigureAwait(false)
            : new(side.Other(), MigrationOutcomeKind.NotWritten, TimeSpan.Zero, Exception: null);
        return new(stage, first, second);
    }

    private async ValueTask<MigrationOutcome> FirstAsync<TChange>(MigrationChange<TKey, TChange> change, MigrationStage stage, MigrationSide side, CancellationToken cancellationToken)
    {
        var call = new SideCall(services, SideCall.Write, stage, side);
        try
        {
            await change.WriteAsync(side, cancellationToken).ConfigureAwait(false);
            return new(side, MigrationOutcomeKind.Succeeded, call.Succeeded(), Exception: null);
        }
        catch (Exception exception)
        {
            call.Failed(exception, cancellationToken);
            throw;
        }
    }

    // The caller's cancellation ends with the first write: what the authoritative side has accepted is done, and the other side shall follow.
    private async ValueTask<MigrationOutcome> SecondAsync<TChange>(MigrationChange<TKey, TChange> change, MigrationStage stage, MigrationSide side)
    {
        var call = new SideCall(services, SideCall.Write, stage, side);
        try
        {
            await other.CallAsync(async token => await change.WriteAsync(side, token).ConfigureAwait(false), CancellationToken.None).ConfigureAwait(false);
            return new(side, MigrationOutcomeKind.Succeeded, call.Succeeded(), Exception: null);
        }
        catch (Exception exception)
        {
            var latency = call.Failed(exception, CancellationToken.None);
            services.Journal.WriteMissed(side, stage, exception);
            return new(side, MigrationOutcomeKind.Failed, latency, exception);
        }
    }
}

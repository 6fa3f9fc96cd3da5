using System.IO.Hashing;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Fallback;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk.Refresh;

/// <summary>
/// Obeys kills: at once, in the order of their versions however they arrive, and again after a restart. A kill needs no rules to be
/// there: it holds under those that come.
/// </summary>
internal sealed class KillOrders(
    KillBoard board,
    SnapshotAcceptance acceptance,
    SnapshotStore store,
    ClientStatusTracker status,
    RefreshJournal journal,
    LastKnownGoodFile? file,
    LastKnownGoodKeeper? keeper,
    SnapshotLimits limits)
{
    /// <summary>Takes in what held when the last process ended.</summary>
    public async ValueTask RestoreAsync(CancellationToken cancellationToken)
    {
        if (file is null)
            return;
        var kept = await file.ReadAsync(cancellationToken).ConfigureAwait(false);
        if (kept.Outcome is not (FallbackOutcome.Found or FallbackOutcome.Missing))
            journal.LocalFileFault(kept.Message);
        if (kept.Outcome != FallbackOutcome.Found)
            return;
        foreach (var kill in new KillReader(limits).ReadList(kept.Document))
            board.TryAdd(kill);
    }

    /// <summary>Has a kill act, unless it is older than what is in force or known.</summary>
    public void Obey(SnapshotKill kill)
    {
        var inForce = store.Current;
        if (kill.Version < inForce.Version || !board.TryAdd(kill))
            return;
        if (acceptance.Kill(inForce) is { } next)
            PutInForce(next, kill);
        Keep();
    }

    /// <summary>Drops the kills that a snapshot has ended.</summary>
    public void EndUnder(long version)
    {
        if (board.TryEnd(version))
            Keep();
    }

    public ValueTask KeepAsync(CancellationToken cancellationToken) => keeper?.KeepAsync(cancellationToken) ?? default;

    private void PutInForce(FeatureSnapshot next, SnapshotKill kill)
    {
        status.Replaced(next);
        store.Publish(next);
        journal.Killed(kill, hasEffect: next.Rules.Find(kill.Flag) is { IsKilled: true });
    }

    private void Keep()
    {
        var list = KillJson.Write(board.Kills.Kills);
        keeper?.Accepted(store.Current.Version, list, XxHash128.HashToUInt128(list.Span));
    }
}

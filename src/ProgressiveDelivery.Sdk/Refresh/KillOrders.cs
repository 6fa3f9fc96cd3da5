using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Fallback;
using ProgressiveDelivery.Sdk.Snapshots;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Sources.Signing;

namespace ProgressiveDelivery.Sdk.Refresh;

/// <summary>
/// Obeys kills: at once, in the order of their versions however they arrive, and again after a restart. A kill needs no rules to be
/// there: it holds under those that come.
/// </summary>
internal sealed class KillOrders(
    OverlayBoard board,
    SnapshotAcceptance acceptance,
    SnapshotSteering steering,
    SnapshotStore store,
    RefreshJournal journal,
    LastKnownGoodFile? file,
    FallbackKeeper? keeper,
    ISnapshotFormat format)
{
    /// <summary>The name of what is kept on disk: each kill as it was sent.</summary>
    public const string Format = "progressive-delivery-kills/1";

    // What was sent, by flag: what a signature is over cannot be written anew.
    private readonly Dictionary<string, SignedText> _texts = new(StringComparer.Ordinal);

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
        if (Restore(kept.Texts) is [var first, ..] refused)
            journal.LocalFileFault($"Of the kills that file '{file.Path}' holds, {refused.Count} are not obeyed. The first: {first}");
    }

    /// <summary>Has a kill act, unless it is older than all rules that there are, or than one that is known.</summary>
    public void Obey(SnapshotKill kill, SignedText text)
    {
        if (!steering.Kill(kill))
            return;
        _texts[kill.Flag] = text;
        if (store.Current is { HasRules: true } inForce && inForce.Version <= kill.Version)
            journal.Killed(kill, hasEffect: inForce.Rules.Find(kill.Flag) is { IsQuarantined: false } flag && flag.IndexOfVariant(kill.Variant) >= 0);
        Keep();
    }

    /// <summary>Drops the kills that every snapshot of the history has ended.</summary>
    public void Tidy()
    {
        if (steering.EndKills())
            Keep();
    }

    public ValueTask KeepAsync(CancellationToken cancellationToken) => keeper?.FlushAsync(cancellationToken) ?? default;

    private List<SnapshotDiagnostic> Restore(IReadOnlyList<SignedText> texts)
    {
        var refused = new List<SnapshotDiagnostic>();
        foreach (var text in texts)
        {
            if (acceptance.JudgeKill(SnapshotReading.OfKill(text), format, store.Current, out var refusal) is not { } kill)
                refused.Add(refusal!);
            else if (steering.Kill(kill))
                _texts[kill.Flag] = text;
        }

        return refused;
    }

    private void Keep() =>
        keeper?.Keep(new(Format, store.Current.Version, [.. board.Kills.Kills.Select(kill => _texts[kill.Flag])]));
}

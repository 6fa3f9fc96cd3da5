using ProgressiveDelivery.Sdk.Acceptance;
using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Fallback;
using ProgressiveDelivery.Sdk.Snapshots;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Sources.Serving;
using ProgressiveDelivery.Sdk.Sources.Signing;

namespace ProgressiveDelivery.Sdk.Steering;

/// <summary>
/// Obeys kills: at once, in the order of their versions however they arrive, and again after a restart. A kill needs no rules to be
/// there: it holds under those that come. The disk follows when it has time.
/// </summary>
internal sealed class KillOrders(
    OverlayBoard board,
    SnapshotAcceptance acceptance,
    SnapshotSteering steering,
    SnapshotStore store,
    KillJournal journal,
    LastKnownGoodFile? file,
    FallbackKeeper? keeper,
    ISnapshotFormat format,
    SnapshotFeed feed)
{
    /// <summary>The name of the format on disk: each kill as it was sent.</summary>
    public const string Format = "progressive-delivery-kills/1";

    // The texts as sent, by flag: signed bytes cannot be written anew.
    private readonly Dictionary<string, SignedText> _texts = new(StringComparer.Ordinal);
    private readonly UnknownKills _unknown = new();

    /// <summary>Restores the kills in effect when the last process ended.</summary>
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
            journal.LocalFileFault($"Of the kills that file '{file.Path}' holds, {refused.Count} are not applied. The first: {first}");
    }

    /// <summary>Obeys a kill, unless it is older than all rules in the history, or than a known kill.</summary>
    public void Obey(SnapshotKill kill, SignedText text)
    {
        var before = board.Kills.VariantOf(kill.Flag);
        var inForce = store.Current;        // A client that ends in this moment has none afterwards, and the kill is still news.
        if (!TryObey(kill, text))
            return;
        if (VersionJump.IsFar(kill.Version, steering.Newest.Version))
            journal.KillFarAhead(kill, steering.Newest.Version);
        if (inForce is { HasRules: true } && inForce.Version <= kill.Version)
            Report(kill, inForce, before);
        ForgetExcess();
        Keep();
    }

    /// <summary>Drops the kills that every snapshot of the history has ended.</summary>
    public void Tidy()
    {
        if (!steering.EndKills())
            return;
        ForgetTexts();
        Keep();
    }

    /// <summary>Drops the kills that no later version would end, by an operator's act.</summary>
    public IReadOnlyList<SnapshotKill> EndFarBeyond(long version, ControlRecord record)
    {
        var ended = steering.EndKillsFarBeyond(version, record);
        if (ended.Count > 0)
        {
            ForgetTexts();
            Keep();
        }

        return ended;
    }

    /// <summary>Shows the feed the kills that are obeyed already.</summary>
    public void Show()
    {
        lock (steering.Turn)
        {
            foreach (var kill in board.Kills.Kills)
                feed.Killed(kill, _texts[kill.Flag]);
        }
    }

    /// <summary>Reports the rest when the client ends.</summary>
    public void End() => journal.End();

    private List<SnapshotDiagnostic> Restore(IReadOnlyList<SignedText> texts)
    {
        var refused = new List<SnapshotDiagnostic>();
        foreach (var text in texts)
        {
            if (acceptance.JudgeKill(SnapshotReading.OfKill(text), format, store.Current, steering.Kills, out var refusal, out _) is { } kill)
                TryObey(kill, text);
            else
                refused.Add(refusal!);
        }

        return refused;
    }

    private bool TryObey(SnapshotKill kill, SignedText text)
    {
        lock (steering.Turn)
        {
            if (!steering.Kill(kill))
                return false;
            _texts[kill.Flag] = text;
            feed.Killed(kill, text);
            if (!steering.Knows(kill.Flag))
                _unknown.Add(kill.Flag, text.Bytes.Length);
            return true;
        }
    }

    // A flag that is killed again, to the variant that it serves already, is no news.
    private void Report(SnapshotKill kill, FeatureSnapshot inForce, string? before)
    {
        var hasEffect = inForce.Rules.Find(kill.Flag) is { IsQuarantined: false } flag && flag.IndexOfVariant(kill.Variant) >= 0;
        if (!hasEffect || !string.Equals(before, kill.Variant, StringComparison.Ordinal))
            journal.Killed(kill, hasEffect);
    }

    private void ForgetExcess()
    {
        lock (steering.Turn)
        {
            var forgotten = _unknown.TakeExcess().Where(flag => !steering.Knows(flag)).ToList();
            if (forgotten.Count == 0)
                return;
            forgotten.ForEach(Forget);
        }

        journal.Forgotten();
    }

    private void Forget(string flag)
    {
        steering.ForgetKill(flag);
        _texts.Remove(flag);
        feed.Forget(flag);
    }

    private void ForgetTexts()
    {
        lock (steering.Turn)
        {
            foreach (var flag in _texts.Keys.Where(flag => board.Kills.VariantOf(flag) is null).ToList())
            {
                _texts.Remove(flag);
                _unknown.Remove(flag);
                feed.Forget(flag);
            }
        }
    }

    private void Keep() => keeper?.Keep(() =>
    {
        lock (steering.Turn)
            return new StoredSnapshot(Format, store.Current.Version, [.. board.Kills.Kills.Select(kill => _texts[kill.Flag])]);
    });
}

using System.Globalization;
using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk.Steering;

/// <summary>The acts on the snapshot in force. Each call is one turn: no other act comes in between.</summary>
internal sealed class HoldActs(SnapshotSteering steering, ControlTrail trail, TimeProvider clock)
{
    public ControlOutcome Hold(ControlAct act) =>
        steering.InForce is { } inForce ? HoldAt(inForce, ControlActKind.Hold, act) : NothingInForce;

    public ControlOutcome StepBack(ControlAct act)
    {
        if (steering.InForce is not { } inForce)
            return NothingInForce;
        return steering.History.Older(inForce) is { } older
            ? HoldAt(older, ControlActKind.StepBack, act)
            : new(ControlResult.NothingOlder, Invariant($"Version {inForce.Version} is the oldest of the history. Override the harmful flags, or publish a snapshot that corrects them. HistoryLength sets a longer history."));
    }

    /// <summary>Steps back from an adopted snapshot to the one that was in force before; to the next older one if the history has lost that.</summary>
    public ControlOutcome StepBackFrom(Adoption adoption, ControlAct act)
    {
        if (steering.InForce is not { } inForce || inForce.Version != adoption.Version || (steering.History.Find(adoption.Before) ?? steering.History.Older(inForce)) is not { } before)
            return NothingInForce;
        return HoldAt(before, ControlActKind.StepBack, act);
    }

    public ControlOutcome StepForward(ControlAct act)
    {
        if (steering.InForce is not { } inForce)
            return NothingInForce;
        if (steering.History.Newer(inForce) is { } newer)
            return newer == steering.History.Newest ? Follow(ControlActKind.StepForward, act) : HoldAt(newer, ControlActKind.StepForward, act);
        return new(ControlResult.NothingNewer, Invariant($"Version {inForce.Version} is the newest that was accepted. {(steering.Hold is null ? "The source is followed." : "It is held; release it to follow the source.")}"));
    }

    public ControlOutcome Pin(long version, ControlAct act)
    {
        if (steering.InForce is null)
            return NothingInForce;
        return steering.History.Find(version) is { } entry
            ? HoldAt(entry, ControlActKind.Pin, act)
            : new(ControlResult.UnknownVersion, Invariant($"The history has no version {version}. It has: {string.Join(", ", steering.History.Entries.Select(known => known.Version))}."));
    }

    public ControlOutcome Release(ControlAct act) => steering.Hold is null
        ? new(ControlResult.NotHeld, Invariant($"No snapshot is held: version {steering.State.Version} is the newest that was accepted, and the source is followed."))
        : Follow(ControlActKind.Release, act);

    /// <summary>Ends a hold whose time has come.</summary>
    public void Expire(DateTimeOffset now)
    {
        if (steering.Hold is not { ExpiresAt: { } expiry } hold || expiry > now)
            return;
        if (hold.IsAdoption)
            trail.Adopted(steering.Adopt(), now - hold.Since);
        else
            Follow(Record(ControlActKind.HoldExpired, hold.By, hold.Reason, steering.History.Newest!.Version, now));
    }

    /// <summary>Restores a hold from before the restart.</summary>
    public void Restore(RestoredControl restored)
    {
        var (hold, held) = (restored.Hold!, restored.Held!);
        var record = Record(ControlActKind.HoldRestored, hold.By, hold.Reason, held.Version, clock.GetUtcNow()) with
        {
            HeldVersion = held.Version,
            ExpiresAt = hold.ExpiresAt,
            SurvivesRestart = true,
        };
        steering.Restore(restored, record);
        trail.Add(record);
        if (ExpiryOf(held, record.At) is { } expiry)
            trail.HeldExpired(record, expiry);
    }

    private ControlOutcome HoldAt(HistoryEntry entry, ControlActKind kind, ControlAct act)
    {
        if (act.SurvivesRestart && entry.Snapshot.Definition is { } definition && ForeignForms.In(definition) is { } form)
            return new(ControlResult.CannotSurviveRestart, Invariant($"Version {entry.Version} cannot be kept on disk: {form}. Act without SurvivesRestart; overrides can survive one."));
        var now = clock.GetUtcNow();
        var hold = new SnapshotHold
        {
            Version = entry.Version,
            By = act.By,
            Reason = act.Reason,
            Since = now,
            ExpiresAt = now + act.ExpiresAfter,
            SurvivesRestart = act.SurvivesRestart,
        };
        var record = Record(kind, act.By, act.Reason, entry.Version, now) with
        {
            HeldVersion = entry.Version,
            ExpiresAt = hold.ExpiresAt,
            SurvivesRestart = hold.SurvivesRestart,
        };
        steering.Steer(entry, hold, record);
        trail.Add(record);
        var expired = "";
        if (ExpiryOf(entry.Snapshot, now) is { } expiry)
        {
            trail.HeldExpired(record, expiry);
            expired = Invariant($" It expired at {expiry:u}; the hold outranks that.");
        }

        return new(ControlResult.Done, Invariant($"Version {entry.Version} is in force and held (before: {record.FromVersion}). Newer snapshots are accepted, and wait until it is released.{expired}"));
    }

    private static DateTimeOffset? ExpiryOf(FeatureSnapshot snapshot, DateTimeOffset now) =>
        snapshot.Rules.ExpiresAt is { } expiry && expiry <= now ? expiry : null;

    private ControlOutcome Follow(ControlActKind kind, ControlAct act)
    {
        var newest = steering.History.Newest!.Version;
        var record = Record(kind, act.By, act.Reason, newest, clock.GetUtcNow());
        Follow(record);
        return new(ControlResult.Done, Invariant($"Version {newest} is in force (before: {record.FromVersion}), and the source is followed."));
    }

    private void Follow(ControlRecord record)
    {
        steering.Steer(steering.History.Newest!, hold: null, record);
        trail.Add(record);
    }

    private ControlRecord Record(ControlActKind kind, string by, string reason, long to, DateTimeOffset now) => new()
    {
        Kind = kind,
        By = by,
        Reason = reason,
        At = now,
        FromVersion = steering.State.Version,
        ToVersion = to,
    };

    private static ControlOutcome NothingInForce { get; } =
        new(ControlResult.NothingInForce, "No snapshot has been accepted yet, so that there is nothing to hold. Override flags, or wait for the source or a local fallback.");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

using System.Globalization;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk.Refresh;

/// <summary>The acts that say which snapshot is in force. Each is called with nobody in between.</summary>
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
            : new(ControlResult.NothingOlder, Invariant($"Version {inForce.Version} is the oldest of the history. Override the flags that do harm, or publish a snapshot that mends them; a longer history is set by HistoryLength."));
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
        if (steering.Hold is { ExpiresAt: { } expiry } hold && expiry <= now)
            Follow(Record(ControlActKind.HoldExpired, hold.By, hold.Reason, steering.History.Newest!.Version, now));
    }

    /// <summary>Has a hold of before the restart hold again.</summary>
    public void Restore(SnapshotHold hold, FeatureSnapshot held, string path)
    {
        var record = Record(ControlActKind.HoldRestored, hold.By, hold.Reason, held.Version, clock.GetUtcNow()) with
        {
            HeldVersion = held.Version,
            ExpiresAt = hold.ExpiresAt,
            SurvivesRestart = true,
        };
        steering.Restore(held, path, hold, record);
        trail.Add(record);
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
        return new(ControlResult.Done, Invariant($"Version {entry.Version} is in force and held (before: {record.FromVersion}). Newer snapshots are accepted, and wait until it is released."));
    }

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

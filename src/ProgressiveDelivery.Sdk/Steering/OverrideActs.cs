using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.Steering;

/// <summary>The acts on the variant that one flag serves. Each call is one turn: no other act comes in between.</summary>
internal sealed class OverrideActs(SnapshotSteering steering, ControlTrail trail, TimeProvider clock)
{
    public ControlOutcome Override(string flag, string variant, ControlAct act)
    {
        var now = clock.GetUtcNow();
        var put = new FlagOverride
        {
            Flag = flag,
            Variant = variant,
            By = act.By,
            Reason = act.Reason,
            Since = now,
            ExpiresAt = now + act.ExpiresAfter,
            SurvivesRestart = act.SurvivesRestart,
        };
        return Put(put, ControlActKind.Override, now)
            ? new(ControlResult.Done, $"Flag {DiagnosticCatalog.Quote(flag)} serves variant {DiagnosticCatalog.Quote(variant)} to every caller.")
            : new(ControlResult.DoneWithoutEffect, $"The snapshot in force has no variant {DiagnosticCatalog.Quote(variant)} of a flag {DiagnosticCatalog.Quote(flag)}, or not sound: nothing changes until a snapshot brings it. Correct the name, or remove the override.");
    }

    public ControlOutcome Remove(string flag, ControlAct act)
    {
        if (steering.OverrideOf(flag) is not { } put)
            return new(ControlResult.NotOverridden, $"Flag {DiagnosticCatalog.Quote(flag)} is not overridden.");
        End(put, ControlActKind.RemoveOverride, act.By, act.Reason, clock.GetUtcNow());
        return new(ControlResult.Done, $"Flag {DiagnosticCatalog.Quote(flag)} is decided by its rules again.");
    }

    /// <summary>Ends the overrides whose time has come.</summary>
    public void Expire(DateTimeOffset now)
    {
        foreach (var put in steering.State.Overrides.Where(put => put.ExpiresAt <= now))
            End(put, ControlActKind.OverrideExpired, put.By, put.Reason, now);
    }

    /// <summary>Restores an override from before the restart.</summary>
    public void Restore(FlagOverride put) => Put(put, ControlActKind.OverrideRestored, clock.GetUtcNow());

    /// <summary>Reports the overrides that waited for rules, and have no effect on the first ones.</summary>
    public void MeetRules()
    {
        foreach (var put in steering.State.Overrides.Where(put => !put.HasEffect))
            trail.WithoutEffect(put);
    }

    private bool Put(FlagOverride put, ControlActKind kind, DateTimeOffset now)
    {
        var record = Record(put, kind, now) with
        {
            By = put.By,
            Reason = put.Reason,
            FromVariant = steering.OverrideOf(put.Flag)?.Variant,
            ToVariant = put.Variant,
            ExpiresAt = put.ExpiresAt,
            SurvivesRestart = put.SurvivesRestart,
        };
        var hasEffect = steering.Override(put, record);
        trail.Add(record, hasEffect);
        return hasEffect;
    }

    private void End(FlagOverride put, ControlActKind kind, string by, string reason, DateTimeOffset now)
    {
        var record = Record(put, kind, now) with { By = by, Reason = reason, FromVariant = put.Variant };
        steering.RemoveOverride(put.Flag, record);
        trail.Add(record, hasEffect: false);
    }

    private ControlRecord Record(FlagOverride put, ControlActKind kind, DateTimeOffset now)
    {
        var state = steering.State;
        return new()
        {
            Kind = kind,
            By = put.By,
            Reason = put.Reason,
            At = now,
            FromVersion = state.Version,
            ToVersion = state.Version,
            HeldVersion = state.Hold?.Version,
            Flag = put.Flag,
        };
    }
}

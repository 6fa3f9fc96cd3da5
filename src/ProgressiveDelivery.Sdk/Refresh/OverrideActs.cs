using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Refresh;

/// <summary>The acts that say what one flag serves. Each is called with nobody in between.</summary>
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
            ? new(ControlResult.Done, $"Flag {Diagnostics.Quote(flag)} serves variant {Diagnostics.Quote(variant)} to everybody.")
            : new(ControlResult.DoneWithoutEffect, $"The snapshot in force has no variant {Diagnostics.Quote(variant)} of a flag {Diagnostics.Quote(flag)}, or not sound: nothing changes until a snapshot brings it. Correct the name, or remove the override.");
    }

    public ControlOutcome Remove(string flag, ControlAct act)
    {
        if (steering.OverrideOf(flag) is not { } put)
            return new(ControlResult.NotOverridden, $"Flag {Diagnostics.Quote(flag)} is not overridden.");
        End(put, ControlActKind.RemoveOverride, act.By, act.Reason, clock.GetUtcNow());
        return new(ControlResult.Done, $"Flag {Diagnostics.Quote(flag)} is decided by its rules again.");
    }

    /// <summary>Ends the overrides whose time has come.</summary>
    public void Expire(DateTimeOffset now)
    {
        foreach (var put in steering.State.Overrides.Where(put => put.ExpiresAt <= now))
            End(put, ControlActKind.OverrideExpired, put.By, put.Reason, now);
    }

    /// <summary>Has an override of before the restart hold again.</summary>
    public void Restore(FlagOverride put) => Put(put, ControlActKind.OverrideRestored, clock.GetUtcNow());

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

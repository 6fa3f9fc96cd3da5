using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk.Steering;

/// <summary>The overlay of a client, and the versions of the kills in it. One writer at a time; the kills are safe to read from any thread.</summary>
internal sealed class OverlayBoard
{
    private State _state = new(LocalOverlay.None, KillSet.None);

    /// <summary>The kills that are obeyed.</summary>
    public KillSet Kills => Now.Kills;

    /// <summary>The trips of guards and the positions of rollouts.</summary>
    public CanaryBoard Canary { get; } = new();

    private State Now
    {
        get => Volatile.Read(ref _state);
        set => Volatile.Write(ref _state, value);
    }

    /// <summary>Returns the overlay of a snapshot, which ends the kills that are older than itself, and has trips and positions of its own attempts only.</summary>
    public LocalOverlay Under(FeatureSnapshot snapshot) => Canary.Over(Ended(snapshot.Version).Overlay, snapshot.Rules);

    /// <summary>Adds a kill; returns false if it is no news.</summary>
    public bool TryAdd(SnapshotKill kill)
    {
        var kills = Kills.With(kill);
        if (kills == Kills)
            return false;
        Now = new(Now.Overlay.With(OverlayEntry.Of(kill)), kills);
        return true;
    }

    /// <summary>Forgets the kill of a flag.</summary>
    public void Forget(string flag) => Now = new(Now.Overlay.Without(flag, EvaluationReason.Killed), Kills.Without(flag));

    /// <summary>Overrides a flag with a variant, until <see cref="RemoveOverride"/>.</summary>
    public void Override(string flag, string variant) => Now = Now with { Overlay = Now.Overlay.With(OverlayEntry.OfOverride(flag, variant)) };

    /// <summary>Ends the override of a flag.</summary>
    public void RemoveOverride(string flag) => Now = Now with { Overlay = Now.Overlay.Without(flag, EvaluationReason.Override) };

    /// <summary>Drops the kills that a snapshot ends; returns false if it ends none.</summary>
    public bool TryEnd(long version)
    {
        var ended = Ended(version);
        var changes = ended != Now;
        Now = ended;
        return changes;
    }

    /// <summary>Drops the kills that no later version would end, and returns them.</summary>
    public IReadOnlyList<SnapshotKill> EndFarBeyond(long version)
    {
        var far = Kills.Kills.Where(kill => VersionJump.IsFar(kill.Version, version)).ToList();
        if (far.Count > 0)
            Now = Without(Now, far);
        return far;
    }

    private State Ended(long version) => Kills.EndedBy(version) is { Count: > 0 } ended ? Without(Now, ended) : Now;

    private static State Without(State state, IReadOnlyCollection<SnapshotKill> kills) => new(
        kills.Aggregate(state.Overlay, static (overlay, kill) => overlay.Without(kill.Flag, EvaluationReason.Killed)),
        state.Kills.Without(kills));

    private sealed record State(LocalOverlay Overlay, KillSet Kills);
}

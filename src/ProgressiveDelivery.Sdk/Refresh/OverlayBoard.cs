using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Refresh;

/// <summary>What holds whatever snapshot is in force. One writer at a time; anybody may read.</summary>
internal sealed class OverlayBoard
{
    private LocalOverlay _overlay = LocalOverlay.None;

    public KillSet Kills => Overlay.Kills;

    private LocalOverlay Overlay
    {
        get => Volatile.Read(ref _overlay);
        set => Volatile.Write(ref _overlay, value);
    }

    /// <summary>What holds under a snapshot, which ends the kills that are older than itself.</summary>
    public LocalOverlay Under(long version)
    {
        var overlay = Overlay;
        var kills = overlay.Kills.Under(version);
        return kills == overlay.Kills ? overlay : overlay with { Kills = kills };
    }

    /// <summary>Takes a kill in; false when it is no news.</summary>
    public bool TryAdd(SnapshotKill kill) => TryReplace(Overlay with { Kills = Kills.With(kill) });

    /// <summary>Has a flag serve a variant, until <see cref="RemoveOverride"/>.</summary>
    public void Override(string flag, string variant) => Overlay = Overlay with { Overrides = Overlay.Overrides.With(flag, variant) };

    public void RemoveOverride(string flag) => Overlay = Overlay with { Overrides = Overlay.Overrides.Without(flag) };

    /// <summary>Drops the kills that a snapshot ends; false when that is none.</summary>
    public bool TryEnd(long version) => TryReplace(Under(version));

    private bool TryReplace(LocalOverlay next)
    {
        var changes = next != Overlay;
        Overlay = next;
        return changes;
    }
}

using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Refresh;

/// <summary>The kills that hold, whatever snapshot is in force. The loop is the only one to use it.</summary>
internal sealed class KillBoard
{
    public KillSet Kills { get; private set; } = KillSet.None;

    /// <summary>Takes a kill in; false when it is no news.</summary>
    public bool TryAdd(SnapshotKill kill) => TryReplace(Kills.With(kill));

    /// <summary>Drops what a snapshot ends; false when that is nothing.</summary>
    public bool TryEnd(long version) => TryReplace(Kills.Under(version));

    private bool TryReplace(KillSet kills)
    {
        var changes = kills != Kills;
        Kills = kills;
        return changes;
    }
}

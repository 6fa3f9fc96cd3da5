using System.Collections.Immutable;

namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>The kills that hold, one a flag. Immutable; equal sets are the same one for as long as nothing changes.</summary>
internal sealed class KillSet
{
    private readonly ImmutableDictionary<string, SnapshotKill> _byFlag;

    private KillSet(ImmutableDictionary<string, SnapshotKill> byFlag) => _byFlag = byFlag;

    public static KillSet None { get; } = new(ImmutableDictionary.Create<string, SnapshotKill>(StringComparer.Ordinal));

    public IEnumerable<SnapshotKill> Kills => _byFlag.Values;

    /// <summary>The variant that a flag is killed to; null for one that lives.</summary>
    public string? VariantOf(string flag) => _byFlag.GetValueOrDefault(flag)?.Variant;

    /// <summary>These and one more, which counts only if it is newer than the one that its flag has.</summary>
    public KillSet With(SnapshotKill kill) =>
        _byFlag.TryGetValue(kill.Flag, out var known) && known.Version >= kill.Version ? this : new(_byFlag.SetItem(kill.Flag, kill));

    /// <summary>Those that hold under a snapshot: it ends what is older than itself.</summary>
    public KillSet Under(long version)
    {
        var ended = _byFlag.Values.Where(kill => kill.Version < version).Select(kill => kill.Flag).ToList();
        return ended.Count == 0 ? this : new(_byFlag.RemoveRange(ended));
    }
}

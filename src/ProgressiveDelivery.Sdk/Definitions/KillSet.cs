using System.Collections.Immutable;

namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>The kills in force, one per flag. Immutable; the instance stays the same until a change.</summary>
internal sealed class KillSet
{
    private readonly ImmutableDictionary<string, SnapshotKill> _byFlag;

    // A lower bound of the kills' versions. A snapshot that is not newer ends no kill, so the kills are not searched.
    private readonly long _minVersion;

    private KillSet(ImmutableDictionary<string, SnapshotKill> byFlag, long minVersion) => (_byFlag, _minVersion) = (byFlag, minVersion);

    public static KillSet None { get; } = new(ImmutableDictionary.Create<string, SnapshotKill>(StringComparer.Ordinal), long.MaxValue);

    public IEnumerable<SnapshotKill> Kills => _byFlag.Values;

    public int Count => _byFlag.Count;

    /// <summary>Returns the variant that a kill serves for a flag; null if the flag has no kill.</summary>
    public string? VariantOf(string flag) => _byFlag.GetValueOrDefault(flag)?.Variant;

    /// <summary>Adds a kill, which replaces the flag's kill only if it is newer.</summary>
    public KillSet With(SnapshotKill kill) =>
        _byFlag.TryGetValue(kill.Flag, out var known) && known.Version >= kill.Version
            ? this
            : new(_byFlag.SetItem(kill.Flag, kill), Math.Min(_minVersion, kill.Version));

    /// <summary>Removes the kill of a flag.</summary>
    public KillSet Without(string flag) => _byFlag.ContainsKey(flag) ? new(_byFlag.Remove(flag), _minVersion) : this;

    /// <summary>Removes some kills.</summary>
    public KillSet Without(IEnumerable<SnapshotKill> kills)
    {
        var others = _byFlag.RemoveRange(kills.Select(kill => kill.Flag));
        return new(others, others.IsEmpty ? long.MaxValue : others.Values.Min(kill => kill.Version));
    }

    /// <summary>Returns the kills that a snapshot ends: those older than the snapshot.</summary>
    public IReadOnlyCollection<SnapshotKill> EndedBy(long version) => version <= _minVersion ? [] : [.. _byFlag.Values.Where(kill => kill.Version < version)];
}

namespace ProgressiveDelivery.Sdk.Steering;

/// <summary>
/// Remembers operators' acts made before the acts of the last run could be read, as when the disk hangs: the newer act counts, and
/// the older one is not restored. Used by one thread at a time.
/// </summary>
internal sealed class EarlyActs
{
    private readonly HashSet<string> _flags = new(StringComparer.Ordinal);
    private readonly HashSet<string> _reset = new(StringComparer.Ordinal);
    private bool _isOver;
    private bool _isSnapshotSteered;

    /// <summary>Records an operator's act on a flag.</summary>
    public void OnFlag(string flag)
    {
        if (!_isOver)
            _flags.Add(flag);
    }

    /// <summary>Records that an operator reset the guards of a flag. Their own acts need no record: what they put in place is newer.</summary>
    public void OnGuards(string flag)
    {
        if (!_isOver)
            _reset.Add(flag);
    }

    /// <summary>Records an operator's act on the snapshot in force.</summary>
    public void OnSnapshot() => _isSnapshotSteered = true;

    /// <summary>Removes the acts of the last run that an act of this run replaces. No act is early from now on.</summary>
    public RestoredControl Filter(RestoredControl restored)
    {
        var newer = restored with { Overrides = [.. restored.Overrides.Where(put => !_flags.Contains(put.Flag))], Canary = restored.Canary.Without(_reset) };
        _flags.Clear();
        _reset.Clear();
        _isOver = true;
        return _isSnapshotSteered ? newer with { Hold = null, Held = null } : newer;
    }

    /// <summary>Returns whether an act of this run ended any of the last run's.</summary>
    public static bool EndsAny(RestoredControl restored, RestoredControl left) =>
        left.Hold != restored.Hold || left.Overrides.Count != restored.Overrides.Count || left.Canary != restored.Canary;
}

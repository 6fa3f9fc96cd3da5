namespace ProgressiveDelivery.Sdk;

/// <summary>What operators have put in place of what the source says.</summary>
public sealed record SnapshotControlState
{
    /// <summary>The version of the rules in force; 0 when there are none.</summary>
    public long Version { get; init; }

    /// <summary>Who holds that version, and why; null while the newest accepted snapshot is followed.</summary>
    public SnapshotHold? Hold { get; init; }

    /// <summary>The version of the newest accepted snapshot where a hold keeps it waiting; otherwise null.</summary>
    public long? Waiting { get; init; }

    /// <summary>The flags overridden, in ordinal order.</summary>
    public IReadOnlyList<FlagOverride> Overrides { get; init; } = [];

    /// <summary>Whether anything is held or overridden.</summary>
    public bool IsActive => Hold is not null || Overrides.Count > 0;
}

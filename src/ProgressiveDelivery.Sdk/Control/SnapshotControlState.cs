namespace ProgressiveDelivery.Sdk.Control;

/// <summary>The hold and overrides of operators, and the acts of guards and gates, in place of the source's rules.</summary>
public sealed record SnapshotControlState
{
    /// <summary>The version of the rules in force; 0 when there are none.</summary>
    public long Version { get; init; }

    /// <summary>The hold on that version; null while the newest accepted snapshot is followed.</summary>
    public SnapshotHold? Hold { get; init; }

    /// <summary>The version of the newest accepted snapshot where a hold keeps it waiting; otherwise null.</summary>
    public long? Waiting { get; init; }

    /// <summary>
    /// A number that grows with each snapshot that is accepted or adopted, and with each act of an operator and its end by time; not with kills, and the acts of guards and gates. It begins anew with the
    /// process. See <see cref="ControlAct.IfRevision"/>.
    /// </summary>
    public long Revision { get; init; }

    /// <summary>The flags overridden, in ordinal order.</summary>
    public IReadOnlyList<FlagOverride> Overrides { get; init; } = [];

    /// <summary>The trips of guards that hold, by flag, guard and attempt; at most 10,000. A trip that only warns is none of them.</summary>
    public IReadOnlyList<GuardTrip> Trips { get; init; } = [];

    /// <summary>The positions of rollouts whose gates were passed, or that are paused, by flag, rule and attempt; at most 10,000.</summary>
    public IReadOnlyList<RampPosition> Ramps { get; init; } = [];

    /// <summary>Indicates whether anything is held, overridden, tripped or paused.</summary>
    public bool IsActive => Hold is not null || Overrides.Count > 0 || Trips.Count > 0 || Ramps.Any(ramp => ramp.IsPaused);
}

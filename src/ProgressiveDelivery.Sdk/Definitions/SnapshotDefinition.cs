namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>
/// What people and backends write: every flag, segment, layer and holdout of one environment at one version. It is data;
/// it becomes evaluable when it is accepted, which validates, links and compiles it.
/// </summary>
public sealed record SnapshotDefinition
{
    /// <summary>
    /// Positive, and only ever grows; an older version than the one in force is refused. 0: the backend has no versions, and what arrives
    /// later is newer; it is then numbered by the time of its arrival, in Unix milliseconds, or by one more than what is in force where that is higher.
    /// </summary>
    public required long Version { get; init; }

    /// <summary>The environment's name, for people.</summary>
    public string? Environment { get; init; }

    /// <summary>When it was published.</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>When it stops being acceptable: an expired snapshot is refused, a loaded one turns stale. Null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The flags; their order has no meaning.</summary>
    public IReadOnlyList<FlagDefinition> Flags { get; init; } = [];

    /// <summary>The named groups that conditions refer to.</summary>
    public IReadOnlyList<SegmentDefinition> Segments { get; init; } = [];

    /// <summary>The layers that keep experiments apart.</summary>
    public IReadOnlyList<LayerDefinition> Layers { get; init; } = [];

    /// <summary>The holdouts that experiments name.</summary>
    public IReadOnlyList<HoldoutDefinition> Holdouts { get; init; } = [];

    /// <summary>Says that the flags' keys are hashes, in lower-case hexadecimal digits, of the keys that callers ask by; null: they are those keys.</summary>
    public OperandHash? KeyHash { get; init; }

    /// <summary>What becomes of flags and segments that depend on themselves.</summary>
    public CycleHandling Cycles { get; init; }

    /// <summary>Answers that must come out before the snapshot is accepted.</summary>
    public IReadOnlyList<AssertionDefinition> Assertions { get; init; } = [];
}

using System.Diagnostics.CodeAnalysis;
using ProgressiveDelivery.Sdk.Definitions.Translation;

namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>
/// The definitions as people and backends write them: every flag, segment, layer and holdout of one environment at one version. A snapshot can be
/// evaluated only after it is accepted, which validates, links and compiles it.
/// </summary>
public sealed record SnapshotDefinition
{
    private const int MaxChangeLength = 500;

    /// <summary>
    /// The version: positive, and always increasing. An older version than the current one is rejected. 0 if the backend has no versions: a later
    /// snapshot then counts as newer. Its number is its arrival time in Unix milliseconds, or the current number plus one if that is higher.
    /// </summary>
    public required long Version { get; init; }

    /// <summary>The environment's name, for people.</summary>
    public string? Environment { get; init; }

    /// <summary>The time of publication.</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>The person or system that published it, for people; null if it is not known. Cut after 500 characters.</summary>
    public string? ChangedBy { get; init => field = Cut(value); }

    /// <summary>The reason for the change, for people; null if there is none. Cut after 500 characters.</summary>
    public string? ChangeReason { get; init => field = Cut(value); }

    /// <summary>The time after which the snapshot is not accepted, and a loaded one becomes stale. Null if it never expires.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The flags; their order has no meaning.</summary>
    public IReadOnlyList<FlagDefinition> Flags { get; init => field = EquatableList.Of(value); } = EquatableList<FlagDefinition>.Empty;

    /// <summary>The named groups that conditions refer to.</summary>
    public IReadOnlyList<SegmentDefinition> Segments { get; init => field = EquatableList.Of(value); } = EquatableList<SegmentDefinition>.Empty;

    /// <summary>The layers that keep experiments apart.</summary>
    public IReadOnlyList<LayerDefinition> Layers { get; init => field = EquatableList.Of(value); } = EquatableList<LayerDefinition>.Empty;

    /// <summary>The holdouts that experiments refer to.</summary>
    public IReadOnlyList<HoldoutDefinition> Holdouts { get; init => field = EquatableList.Of(value); } = EquatableList<HoldoutDefinition>.Empty;

    /// <summary>The hash of the flags' keys, in lower-case hexadecimal digits; null if the keys are plain.</summary>
    [Experimental("PD9001")]
    public OperandHash? KeyHash { get; init; }

    /// <summary>The handling of flags and segments that depend on themselves.</summary>
    [Experimental("PD9001")]
    public CycleHandling Cycles { get; init; }

    /// <summary>Indicates whether a kind <c>host</c> is one of the context alone, and the client's facts about its process never stand in for it.</summary>
    [Experimental("PD9001")]
    public bool WithoutHostFacts { get; init; }

    /// <summary>The answers that the snapshot must give to be accepted.</summary>
    public IReadOnlyList<AssertionDefinition> Assertions { get; init => field = EquatableList.Of(value); } = EquatableList<AssertionDefinition>.Empty;

    // A character of two halves stays whole.
    private static string? Cut(string? text) => text is { Length: > MaxChangeLength }
        ? text[..(char.IsHighSurrogate(text[MaxChangeLength - 1]) ? MaxChangeLength - 1 : MaxChangeLength)]
        : text;
}

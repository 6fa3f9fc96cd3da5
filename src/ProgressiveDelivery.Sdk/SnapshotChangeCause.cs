using ProgressiveDelivery.Sdk.Control;
namespace ProgressiveDelivery.Sdk;

/// <summary>The cause of a change of the rules in force.</summary>
public sealed record SnapshotChangeCause
{
    /// <summary>Sets the required members.</summary>
    /// <param name="kind">The <see cref="Kind"/>.</param>
    /// <param name="act">The <see cref="Act"/>.</param>
    public SnapshotChangeCause(SnapshotChangeKind kind, ControlRecord? act = null) =>
        (Kind, Act) = (kind, act);

    /// <summary>The kind of cause.</summary>
    public SnapshotChangeKind Kind { get; init; }

    /// <summary>The act of the operator or the guard, with its author and reason; null for the other kinds.</summary>
    public ControlRecord? Act { get; init; }

    internal static SnapshotChangeCause Source { get; } = new(SnapshotChangeKind.Source);

    internal static SnapshotChangeCause LocalFile { get; } = new(SnapshotChangeKind.LocalFile);

    internal static SnapshotChangeCause Kill { get; } = new(SnapshotChangeKind.Kill);
}

/// <summary>The kind of cause of a change of rules.</summary>
public enum SnapshotChangeKind
{
    /// <summary>The source sent a snapshot that was accepted.</summary>
    Source = 0,

    /// <summary>A last-known-good or bundled file was accepted.</summary>
    LocalFile,

    /// <summary>The backend killed a flag.</summary>
    Kill,

    /// <summary>An operator acted, or an operator's act expired or was restored.</summary>
    Operator,

    /// <summary>A guard or a gate acted by itself: a trip, a probe, a step. A trip that a snapshot ends is a part of that snapshot's change.</summary>
    Guard,
}

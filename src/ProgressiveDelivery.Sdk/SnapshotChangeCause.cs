namespace ProgressiveDelivery.Sdk;

/// <summary>Why other rules came into force.</summary>
/// <param name="Kind">What kind of cause it is.</param>
/// <param name="Act">The operator's act, with who and why; null for the other kinds.</param>
public sealed record SnapshotChangeCause(SnapshotChangeKind Kind, ControlRecord? Act = null)
{
    internal static SnapshotChangeCause Source { get; } = new(SnapshotChangeKind.Source);

    internal static SnapshotChangeCause LocalFile { get; } = new(SnapshotChangeKind.LocalFile);

    internal static SnapshotChangeCause Kill { get; } = new(SnapshotChangeKind.Kill);
}

/// <summary>What kind of cause a change of rules has.</summary>
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
}

namespace ProgressiveDelivery.Sdk;

/// <summary>
/// Steers the rules of one client by hand, inside this process: for whoever is on call, and for admin endpoints. It works from
/// memory, also while the backend is the thing that is broken. Registered beside <see cref="IFeatureClient"/>, under the same key;
/// safe to use from any thread. Acts come one after the other, and evaluations never wait for them.
/// </summary>
/// <remarks>
/// Whatever holds, snapshots of the source are still read, judged, kept and acknowledged; those accepted while one is held wait.
/// Each act is logged with who and why, shows in <see cref="FeatureClientStatus.Control"/>, tells who listens for changes when answers
/// change, and goes into the <see cref="Trail"/>. An act that is not possible is no exception: the outcome says why, and what to do.
/// A task completes when the act is in force and, where it is to survive a restart, on disk.
/// </remarks>
public interface ISnapshotControl
{
    /// <summary>What is held and overridden now.</summary>
    SnapshotControlState State { get; }

    /// <summary>The last accepted snapshots, newest first, as many as <c>ProgressiveDeliveryOptions.HistoryLength</c>; the one in force is always among them.</summary>
    IReadOnlyList<AcceptedSnapshot> History { get; }

    /// <summary>The last acts, newest first; at most 100, of this process alone.</summary>
    IReadOnlyList<ControlRecord> Trail { get; }

    /// <summary>Holds the snapshot in force: newer ones wait.</summary>
    /// <param name="act">Who, why, and for how long.</param>
    Task<ControlOutcome> HoldAsync(ControlAct act);

    /// <summary>Ends a hold: the newest accepted snapshot comes into force, and those that follow it.</summary>
    /// <param name="act">Who and why.</param>
    Task<ControlOutcome> ReleaseAsync(ControlAct act);

    /// <summary>
    /// Puts the next older snapshot of the history in force and holds it. It answers as it did when it was in force, kills included, but for
    /// what has been killed or overridden since.
    /// </summary>
    /// <inheritdoc cref="HoldAsync"/>
    Task<ControlOutcome> StepBackAsync(ControlAct act);

    /// <summary>Puts the next newer snapshot of the history in force: holds it, or, when it is the newest, follows the source again.</summary>
    /// <inheritdoc cref="HoldAsync"/>
    Task<ControlOutcome> StepForwardAsync(ControlAct act);

    /// <summary>Puts a snapshot of the history in force and holds it.</summary>
    /// <param name="version">Its version.</param>
    /// <param name="act">Who, why, and for how long.</param>
    Task<ControlOutcome> PinAsync(long version, ControlAct act);

    /// <summary>
    /// Has one variant of a flag served to everybody, whatever snapshot is in force; also of a flag that is not enabled, and in place of a kill.
    /// Where the snapshot in force lacks the flag or the variant it does nothing, until one brings it.
    /// </summary>
    /// <param name="flag">The flag's key.</param>
    /// <param name="variant">The variant's name.</param>
    /// <param name="act">Who, why, and for how long.</param>
    Task<ControlOutcome> OverrideAsync(string flag, string variant, ControlAct act);

    /// <summary>Lets a flag be decided by its rules again.</summary>
    /// <param name="flag">The flag's key.</param>
    /// <param name="act">Who and why.</param>
    Task<ControlOutcome> RemoveOverrideAsync(string flag, ControlAct act);

    /// <summary>Compares two snapshots of the history, as they would answer now.</summary>
    /// <param name="from">The version that is compared.</param>
    /// <param name="to">The version that it is compared with.</param>
    /// <param name="contexts">Whom to ask about, for <see cref="SnapshotDifference.Moves"/>; null: nobody.</param>
    /// <returns>Null when the history lacks one of them.</returns>
    SnapshotDifference? Diff(long from, long to, IEnumerable<EvaluationContext>? contexts = null);
}

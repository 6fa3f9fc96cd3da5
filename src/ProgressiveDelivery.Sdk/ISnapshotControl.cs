using ProgressiveDelivery.Sdk.Control;
namespace ProgressiveDelivery.Sdk;

/// <summary>
/// Steers the rules of one client by hand, inside this process: for engineers on call, and for admin endpoints. It works from
/// memory, also while the backend is the thing that is broken. Registered beside <see cref="IFeatureClient"/>, under the same key;
/// safe to use from any thread. Acts come one after the other, and evaluations never wait for them.
/// </summary>
/// <remarks>
/// Whatever holds, snapshots of the source are still read, judged, kept and acknowledged; those accepted while one is held wait.
/// Each act is logged with its author and reason, shows in <see cref="FeatureClientStatus.Control"/>, and goes into the
/// <see cref="AuditTrail"/>. Listeners are called when answers change. An impossible act does not throw: its outcome gives the reason and the remedy.
/// A task completes when the act is in force and, where it is to survive a restart, on disk.
/// </remarks>
public interface ISnapshotControl
{
    /// <summary>The current hold, overrides, trips of guards and positions of rollouts.</summary>
    SnapshotControlState State { get; }

    /// <summary>The last accepted snapshots, newest first, as many as <c>ProgressiveDeliveryOptions.HistoryLength</c>; the one in force is always among them.</summary>
    IReadOnlyList<AcceptedSnapshot> History { get; }

    /// <summary>
    /// The last acts, newest first: at most 100, of this process alone. Beside them the last 100 of guards and gates, and the last 100 variants that were forced for a test.
    /// </summary>
    IReadOnlyList<ControlRecord> AuditTrail { get; }

    /// <summary>Holds the snapshot in force: newer ones wait.</summary>
    /// <param name="act">The author, the reason and the duration.</param>
    Task<ControlOutcome> HoldAsync(ControlAct act);

    /// <summary>Ends a hold: the newest accepted snapshot comes into force, and those that follow it.</summary>
    /// <param name="act">The author and the reason.</param>
    Task<ControlOutcome> ReleaseAsync(ControlAct act);

    /// <summary>
    /// Puts the next older snapshot of the history in force and holds it. It answers as it did when it was in force, kills included, except
    /// for flags killed or overridden since.
    /// </summary>
    /// <inheritdoc cref="HoldAsync"/>
    Task<ControlOutcome> StepBackAsync(ControlAct act);

    /// <summary>Puts the next newer snapshot of the history in force: holds it, or, when it is the newest, follows the source again.</summary>
    /// <inheritdoc cref="HoldAsync"/>
    Task<ControlOutcome> StepForwardAsync(ControlAct act);

    /// <summary>Puts a snapshot of the history in force and holds it.</summary>
    /// <param name="version">Its version.</param>
    /// <param name="act">The author, the reason and the duration.</param>
    Task<ControlOutcome> PinAsync(long version, ControlAct act);

    /// <summary>
    /// Serves one variant of a flag to every context, whatever snapshot is in force; also for a flag that is off, and in place of a kill.
    /// While the snapshot in force lacks the flag or the variant, it has no effect.
    /// </summary>
    /// <param name="flag">The flag's key.</param>
    /// <param name="variant">The variant's name.</param>
    /// <param name="act">The author, the reason and the duration.</param>
    Task<ControlOutcome> OverrideAsync(string flag, string variant, ControlAct act);

    /// <summary>Removes the override of a flag: its rules decide again.</summary>
    /// <param name="flag">The flag's key.</param>
    /// <param name="act">The author and the reason.</param>
    Task<ControlOutcome> RemoveOverrideAsync(string flag, ControlAct act);

    /// <summary>
    /// Ends the trips of a flag's guards and the pauses of its rollouts, and begins their evidence and gates anew. Its rules decide again, also after a restart.
    /// Without a trip or a position of the flag, nothing is done (<see cref="ControlResult.NothingToReset"/>).
    /// </summary>
    /// <param name="flag">The flag's key.</param>
    /// <param name="act">The author and the reason.</param>
    Task<ControlOutcome> ResetGuardsAsync(string flag, ControlAct act);

    /// <summary>
    /// Accepts the source's current document once, whatever its version: the way back after a version that was far too high, or after the backend was restored to an older
    /// state. Requests the whole from the source at once. All other checks hold: signature, expiry, assertions. Kept files with a higher version are set aside.
    /// It ends kills with a version far above the document's; other kills stay. While a snapshot is held, the accepted one waits.
    /// </summary>
    /// <param name="act">The author and the reason; <see cref="ControlAct.ExpiresAfter"/> limits the time the source may take to answer, an hour by default.</param>
    /// <returns>Completes when it is carried out, or after ten seconds (<see cref="ControlResult.Ordered"/>).</returns>
    Task<ControlOutcome> AcceptCurrentAsync(ControlAct act);

    /// <summary>Compares two snapshots of the history, as they would answer now.</summary>
    /// <param name="from">The version that is compared.</param>
    /// <param name="to">The version that it is compared with.</param>
    /// <param name="contexts">The contexts to compare for <see cref="SnapshotDifference.Moves"/>; null for none.</param>
    /// <returns>Null when the history lacks one of them.</returns>
    SnapshotDifference? Diff(long from, long to, IEnumerable<EvaluationContext>? contexts = null);
}

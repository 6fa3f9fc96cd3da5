namespace ProgressiveDelivery.Sdk.Control;

/// <summary>The outcome of an act of <see cref="ISnapshotControl"/>.</summary>
public sealed record ControlOutcome
{
    /// <summary>Sets the required members.</summary>
    /// <param name="result">The <see cref="Result"/>.</param>
    /// <param name="message">The <see cref="Message"/>.</param>
    public ControlOutcome(ControlResult result, string message) =>
        (Result, Message) = (result, message);

    /// <summary>The kind of outcome.</summary>
    public ControlResult Result { get; init; }

    /// <summary>A sentence for engineers on call: what holds now; or why nothing was done, and what to do.</summary>
    public string Message { get; init; }

    /// <summary>Indicates whether the act was done. If not, nothing changed.</summary>
    public bool IsDone => Result is ControlResult.Done or ControlResult.DoneWithoutEffect or ControlResult.DoneUntilRestart or ControlResult.Ordered;
}

/// <summary>The kind of outcome of an act.</summary>
public enum ControlResult
{
    /// <summary>It was done.</summary>
    Done = 0,

    /// <summary>It was done, but changes no answer for now: the snapshot in force lacks the flag, or the variant.</summary>
    DoneWithoutEffect,

    /// <summary>It was done, but could not be written to disk: it will not survive a restart as requested.</summary>
    DoneUntilRestart,

    /// <summary>Not done: no rules are in force yet.</summary>
    NothingInForce,

    /// <summary>Not done: the history has no older snapshot.</summary>
    NothingOlder,

    /// <summary>Not done: no newer snapshot has been accepted.</summary>
    NothingNewer,

    /// <summary>Not done: the history has no snapshot of that version.</summary>
    UnknownVersion,

    /// <summary>Not done: no snapshot is held.</summary>
    NotHeld,

    /// <summary>Not done: the flag is not overridden.</summary>
    NotOverridden,

    /// <summary>Not done: it was to survive a restart, and the client keeps nothing on disk.</summary>
    CannotSurviveRestart,

    /// <summary>Not done: the client has been disposed.</summary>
    Closed,

    /// <summary>In effect, but not carried out yet: the source has not answered since.</summary>
    Ordered,

    /// <summary>Not done: what the source has is accepted already.</summary>
    NothingToAccept,

    /// <summary>Not done: the source's document is rejected for another reason than its version, or did not come in time.</summary>
    NotAccepted,

    /// <summary>Not done: no guard of the flag has tripped, and none of its rollouts has passed a gate or is paused.</summary>
    NothingToReset,

    /// <summary>Not done: a snapshot was accepted, or an act was done or ended, since the state that the operator saw (<see cref="ControlAct.IfRevision"/>).</summary>
    Outdated,
}

namespace ProgressiveDelivery.Sdk;

/// <summary>What became of an act of <see cref="ISnapshotControl"/>.</summary>
/// <param name="Result">What kind of outcome it is.</param>
/// <param name="Message">A sentence for whoever is on call: what holds now; or why nothing was done, and what to do.</param>
public sealed record ControlOutcome(ControlResult Result, string Message)
{
    /// <summary>Whether the act was done. Otherwise everything is as it was.</summary>
    public bool IsDone => Result is ControlResult.Done or ControlResult.DoneWithoutEffect or ControlResult.DoneUntilRestart;
}

/// <summary>What kind of outcome an act has.</summary>
public enum ControlResult
{
    /// <summary>It was done.</summary>
    Done = 0,

    /// <summary>It was done and changes no answer for now: the snapshot in force lacks the flag, or the variant.</summary>
    DoneWithoutEffect,

    /// <summary>It was done, but could not be written to disk, and will not survive a restart as was asked.</summary>
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

    /// <summary>Not done: it was asked to survive a restart, and the client keeps nothing on disk.</summary>
    CannotSurviveRestart,

    /// <summary>Not done: the client has been disposed.</summary>
    Closed,
}

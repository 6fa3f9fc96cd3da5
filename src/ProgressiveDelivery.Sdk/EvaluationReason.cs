namespace ProgressiveDelivery.Sdk;

/// <summary>Why an evaluation answered what it did.</summary>
public enum EvaluationReason : byte
{
    /// <summary>No rule decided: the flag's default was served, or the caller's fallback where it has none.</summary>
    Default = 0,

    /// <summary>A rule held and named the variant.</summary>
    RuleMatch,

    /// <summary>A rollout admitted the unit, or a split or an experiment chose the variant.</summary>
    Split,

    /// <summary>The flag is not enabled.</summary>
    Off,

    /// <summary>A flag that this one requires did not yield a variant asked for.</summary>
    PrerequisiteFailed,

    /// <summary>A holdout keeps the unit out of the experiment.</summary>
    Holdout,

    /// <summary>The snapshot has no such flag; the fallback was answered.</summary>
    FlagNotFound,

    /// <summary>The flag has another type than the one asked for; the fallback was answered.</summary>
    TypeMismatch,

    /// <summary>The flag is quarantined because its definition is malformed; the fallback was answered.</summary>
    Error,

    /// <summary>No snapshot has been loaded yet; the fallback was answered.</summary>
    NotReady,

    /// <summary>The client has been disposed; the fallback was answered.</summary>
    Closed,

    /// <summary>The backend had one variant served at once, until a newer snapshot says otherwise.</summary>
    Killed,

    /// <summary>An operator has one variant served, by <c>ISnapshotControl</c>.</summary>
    Override,

    /// <summary>A rule places units, cannot do without one, and the context has none; the fallback was answered.</summary>
    TargetingKeyMissing,
}

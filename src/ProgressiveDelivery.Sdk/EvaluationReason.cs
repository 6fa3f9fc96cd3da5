namespace ProgressiveDelivery.Sdk;

/// <summary>The reason of an answer. The numbers follow the order in which an evaluation comes to them.</summary>
public enum EvaluationReason : byte
{
    /// <summary>No snapshot has been loaded yet; the fallback was answered.</summary>
    NotReady = 0,

    /// <summary>The client has been disposed; the fallback was answered.</summary>
    Closed,

    /// <summary>The snapshot has no such flag; the fallback was answered.</summary>
    FlagNotFound,

    /// <summary>The flag is quarantined because its definition is malformed; the fallback was answered.</summary>
    Error,

    /// <summary>A rule places units, cannot do without one, and the context has none; the fallback was answered.</summary>
    TargetingKeyMissing,

    /// <summary>An operator has one variant served, by <c>ISnapshotControl</c>.</summary>
    Override,

    /// <summary>A guard found a variant bad, and has another one served, or a small share try the variant again.</summary>
    Guarded,

    /// <summary>The backend had one variant served at once, until a newer snapshot changes it.</summary>
    Killed,

    /// <summary>The flag is not enabled.</summary>
    Off,

    /// <summary>A flag that this one requires did not yield a required variant.</summary>
    PrerequisiteFailed,

    /// <summary>A holdout keeps the unit out of the experiment.</summary>
    Holdout,

    /// <summary>A rollout admitted the unit, or a split or an experiment chose the variant.</summary>
    Split,

    /// <summary>A rule held and named the variant.</summary>
    RuleMatch,

    /// <summary>No rule decided: the flag's default was served, or the caller's fallback where it has none.</summary>
    Default,

    /// <summary>The flag has another type than the requested one; the fallback was answered.</summary>
    TypeMismatch,
}

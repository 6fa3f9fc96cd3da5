namespace ProgressiveDelivery.Sdk.Canary.Guards;

/// <summary>The phase of a guard.</summary>
internal enum GuardPhase
{
    /// <summary>It tests outcomes.</summary>
    Watching = 0,

    /// <summary>It found its variant bad, and a thread answers that.</summary>
    Answering,

    /// <summary>Its trip holds, and no outcome counts.</summary>
    Tripped,

    /// <summary>A probe tries its variant.</summary>
    Probing,

    /// <summary>Rules with another guard in its place came into force.</summary>
    Ended,
}

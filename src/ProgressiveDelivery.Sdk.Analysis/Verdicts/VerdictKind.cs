namespace ProgressiveDelivery.Sdk.Analysis.Verdicts;

/// <summary>Names the verdicts, in the order in which the rules look at one treatment. Of several treatments, one that can be shipped comes first.</summary>
public enum VerdictKind
{
    /// <summary>A check of the traffic failed: no number can be trusted.</summary>
    DoNotTrust,

    /// <summary>The primary metric has no value, and more data will not help.</summary>
    NoVerdict,

    /// <summary>A fixed-horizon experiment whose end has not come.</summary>
    NotReadYet,

    /// <summary>A guardrail or the primary metric is harmed.</summary>
    Stop,

    /// <summary>There is not enough data yet.</summary>
    NotEnoughData,

    /// <summary>A variant is better and harms nothing.</summary>
    Ship,

    /// <summary>A variant is better, but harm is not ruled out.</summary>
    KeepRunningForGuardrail,

    /// <summary>Every difference that is worth having is ruled out.</summary>
    NoDifferenceWorthHaving,

    /// <summary>The planned size is reached, and no difference is clear.</summary>
    PlannedSizeReached,

    /// <summary>Nothing is clear yet.</summary>
    KeepRunning,
}

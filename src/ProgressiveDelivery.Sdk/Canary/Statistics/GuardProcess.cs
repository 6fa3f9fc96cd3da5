namespace ProgressiveDelivery.Sdk.Canary.Statistics;

/// <summary>
/// The evidence of a guard so far. It may be looked at after each step, and the promise on false trips holds. Not safe to use from several threads: one step must end before
/// the next begins. No step allocates.
/// </summary>
internal abstract class GuardProcess
{
    /// <summary>The natural logarithm of the evidence; negative infinity for a detector before its first step.</summary>
    public abstract double LogEvidence { get; }

    /// <summary>The natural logarithm of the evidence that is proof.</summary>
    public abstract double LogThreshold { get; }

    /// <summary>Indicates whether the evidence is proof now. It may fall again: the caller remembers a trip.</summary>
    public abstract bool IsProof { get; }

    /// <summary>Begins anew, as after a trip.</summary>
    public abstract void Reset();
}

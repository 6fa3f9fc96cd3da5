using ProgressiveDelivery.Sdk.Canary.Statistics;

namespace ProgressiveDelivery.Sdk.Canary.Guards;

/// <summary>Counts the outcomes of a guard and tests them as they come, in constant memory. Safe to use from any thread: no two steps of a test interleave.</summary>
internal abstract class GuardTally
{
    /// <summary>Counts an outcome; returns true if it is the one that completes the proof, which happens once until the tally begins anew.</summary>
    /// <param name="isOfOther">True for an outcome of the variant that the guard's is compared with.</param>
    /// <param name="isBad">True for a bad one.</param>
    public abstract bool Count(bool isOfOther, bool isBad);

    /// <summary>Returns the evidence at this moment.</summary>
    public abstract GuardReading Read();

    /// <summary>Forgets the outcomes so far.</summary>
    public abstract void Begin();

    /// <summary>Returns the logarithm of the evidence; 0 before the first step of a detector, so that a chart can show it.</summary>
    protected static double EvidenceOf(GuardProcess process) => double.IsNegativeInfinity(process.LogEvidence) ? 0 : process.LogEvidence;
}

namespace ProgressiveDelivery.Sdk.Canary.Guards;

/// <summary>The outcomes of a guard's variant, and of the one that it is compared with.</summary>
internal readonly record struct GuardCounts(long Outcomes, long Bad, long AgainstOutcomes = 0, long AgainstBad = 0)
{
    /// <summary>The outcomes since an earlier moment; all of them if the counts have begun anew meanwhile.</summary>
    public GuardCounts Since(in GuardCounts before) =>
        Outcomes < before.Outcomes || Bad < before.Bad || AgainstOutcomes < before.AgainstOutcomes || AgainstBad < before.AgainstBad ? this
        : new(Outcomes - before.Outcomes, Bad - before.Bad, AgainstOutcomes - before.AgainstOutcomes, AgainstBad - before.AgainstBad);
}

using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Canary.Guards;

/// <summary>Judges the outcomes of a guard that no test has proven bad.</summary>
internal static class GuardJudge
{
    public static GuardResult Of(GuardDefinition guard, in GuardCounts counts)
    {
        if (counts.Outcomes == 0 || (guard.Against is not null && counts.AgainstOutcomes == 0))
            return GuardResult.NoData;
        var allowed = guard.Limit ?? ((guard.Ratio * counts.AgainstBad / counts.AgainstOutcomes) + guard.Margin);
        var isWithin = (double)counts.Bad / counts.Outcomes <= allowed;
        return isWithin && counts.Outcomes >= guard.MinimumOutcomes ? GuardResult.Fine : GuardResult.Inconclusive;
    }
}

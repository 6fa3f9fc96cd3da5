using ProgressiveDelivery.Sdk.Canary.Statistics;

namespace ProgressiveDelivery.Sdk.Canary.Guards;

/// <summary>Describes a guard for the status of its client.</summary>
internal static class GuardDescriber
{
    // Of 95 % intervals.
    private const double Alpha = 0.05;

    public static GuardStatus Describe(Guard guard)
    {
        var (state, definition) = (guard.State, guard.Definition);
        var (reading, counts) = (state.Reading, state.Reading.Counts);
        return new()
        {
            Flag = guard.Identity.Flag,
            Guard = definition.Id,
            Variant = definition.Variant,
            Against = definition.Against,
            Result = state.IsBad ? GuardResult.Bad : GuardJudge.Of(definition, in counts),
            Trip = state.Trip,
            IsDryRun = definition.DryRun,
            Since = state.Since,
            Outcomes = counts.Outcomes,
            Bad = counts.Bad,
            Share = ShareIntervals.Of(counts.Outcomes, counts.Bad, Alpha),
            AgainstOutcomes = counts.AgainstOutcomes,
            AgainstBad = counts.AgainstBad,
            AgainstShare = ShareIntervals.Of(counts.AgainstOutcomes, counts.AgainstBad, Alpha),
            Difference = ShareIntervals.Difference(counts.AgainstOutcomes, counts.AgainstBad, counts.Outcomes, counts.Bad, Alpha),
            Surplus = reading.Surplus,
            LogEvidence = reading.LogEvidence,
            LogThreshold = reading.LogThreshold,
            Evidence = reading.Curve,
            Promise = PromiseOf(guard, in state),
        };
    }

    private static string PromiseOf(Guard guard, in GuardState state) =>
        state.Trip?.ProbePercent is null ? GuardText.Promise(guard.Definition, guard.Identity.Alpha) : ProbeTally.Promise;
}

using ProgressiveDelivery.Sdk.Canary.Statistics;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Canary.Guards;

/// <summary>Chooses the test of a guard (statistics.md, section 17): a detector for one that keeps running, an e-process for one that begins anew at each step.</summary>
internal static class GuardTests
{
    public static GuardTally Make(GuardIdentity guard) =>
        guard.Definition.Limit is { } limit ? new LimitTally(guard.Definition, OfLimit(guard, limit)) : new PairTally(guard.Definition, OfPair(guard));

    /// <summary>Returns the reading of a guard without outcomes.</summary>
    public static GuardReading Nothing(GuardIdentity guard) =>
        new(default, 0, 0, Math.Log(guard.Definition.Mode == GuardMode.Lifetime ? 1 / guard.Alpha : ThresholdOf(guard)), []);

    private static LimitProcess OfLimit(GuardIdentity guard, double limit) =>
        guard.Definition.Mode == GuardMode.Lifetime ? new LifetimeLimit(limit, guard.Alpha) : new StandingLimit(limit, ThresholdOf(guard));

    private static BlockProcess OfPair(GuardIdentity guard)
    {
        var factors = new BlockFactors(new(guard.Definition.Ratio, guard.Definition.Margin));
        return guard.Definition.Mode == GuardMode.Lifetime ? new LifetimeBlocks(factors, guard.Alpha) : new StandingBlocks(factors, ThresholdOf(guard));
    }

    private static double ThresholdOf(GuardIdentity guard) => guard.Definition.Within / guard.Alpha;
}

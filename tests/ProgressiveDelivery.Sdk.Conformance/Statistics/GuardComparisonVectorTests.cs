using ProgressiveDelivery.Sdk.Canary.Statistics;
using ProgressiveDelivery.Sdk.Tests.Canary.Statistics;

namespace ProgressiveDelivery.Sdk.Conformance.Statistics;

/// <summary>The published vectors of a guard against another variant (statistics.md, section 14).</summary>
[Collection(ConformanceReport.Collection)]
public sealed class GuardComparisonVectorTests
{
    public static TheoryData<string> Ids => StatisticsVector.Ids("e-two-proportions");

    [StatisticsTheory("e-two-proportions")]
    [MemberData(nameof(Ids))]
    public void PublishedVectorIsReproduced(string id)
    {
        var vector = StatisticsVector.Read("e-two-proportions", id);
        var input = vector.Input;

        vector.ShouldBe(() =>
        {
            var (factors, sizes) = GuardLooks.Blocks(input);
            var test = new LifetimeBlocks(factors, input.Alpha);
            var outcomes = new BlockSequence(test, sizes);
            var looks = GuardLooks.At(test, input, outcome => outcomes.Add(outcome.IsTreatment, outcome.IsBad));
            return new()
            {
                ["logE"] = looks.Evidence,
                ["firstCrossing"] = looks.FirstCrossing,
                ["blocks"] = outcomes.Blocks,
                ["dropped"] = outcomes.Surplus,
            };
        });
    }
}

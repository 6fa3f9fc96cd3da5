using ProgressiveDelivery.Sdk.Analysis.Statistics;

namespace ProgressiveDelivery.Sdk.Conformance.Statistics;

/// <summary>The published vectors of the difference of proportions (statistics.md, section 3).</summary>
[Collection(ConformanceReport.Collection)]
public sealed class ProportionVectorTests
{
    public static TheoryData<string> Ids => StatisticsVector.Ids("proportions");

    [StatisticsTheory("proportions")]
    [MemberData(nameof(Ids))]
    public void PublishedVectorIsReproduced(string id)
    {
        var vector = StatisticsVector.Read("proportions", id);
        var input = vector.Input;

        vector.ShouldBe(ProportionTest.Compare(input.Proportion("control"), input.Proportion("treatment"), input.Alpha), value => new()
        {
            ["estimate"] = value.Estimate,
            ["statistic"] = value.Statistic,
            ["pValue"] = value.PValue,
            ["low"] = value.Low,
            ["high"] = value.High,
        });
    }
}

using ProgressiveDelivery.Sdk.Analysis.Statistics;

namespace ProgressiveDelivery.Sdk.Conformance.Statistics;

/// <summary>The published vectors of the test for sample ratio mismatch at one look (statistics.md, section 7a).</summary>
[Collection(ConformanceReport.Collection)]
public sealed class SampleRatioVectorTests
{
    public static TheoryData<string> Ids => StatisticsVector.Ids("srm");

    [StatisticsTheory("srm")]
    [MemberData(nameof(Ids))]
    public void PublishedVectorIsReproduced(string id)
    {
        var vector = StatisticsVector.Read("srm", id);
        var input = vector.Input;

        vector.ShouldBe(SampleRatioChiSquared.Compare(input.Counts("counts"), input.Numbers("weights"), input.Alpha), value => new()
        {
            ["statistic"] = value.Statistic,
            ["df"] = value.DegreesOfFreedom,
            ["pValue"] = value.PValue,
            ["mismatch"] = value.IsMismatch,
        });
    }
}

using ProgressiveDelivery.Sdk.Analysis.Statistics;

namespace ProgressiveDelivery.Sdk.Conformance.Statistics;

/// <summary>The published vectors of the difference of means (statistics.md, section 1).</summary>
[Collection(ConformanceReport.Collection)]
public sealed class WelchVectorTests
{
    public static TheoryData<string> Ids => StatisticsVector.Ids("welch");

    [StatisticsTheory("welch")]
    [MemberData(nameof(Ids))]
    public void PublishedVectorIsReproduced(string id)
    {
        var vector = StatisticsVector.Read("welch", id);
        var input = vector.Input;

        vector.ShouldBe(WelchTest.Compare(input.Sample("control"), input.Sample("treatment"), input.Alpha), VectorFields.Of);
    }
}

using ProgressiveDelivery.Sdk.Analysis.Statistics;

namespace ProgressiveDelivery.Sdk.Conformance.Statistics;

/// <summary>The published vectors of the procedure of Holm (statistics.md, section 8).</summary>
[Collection(ConformanceReport.Collection)]
public sealed class HolmVectorTests
{
    public static TheoryData<string> Ids => StatisticsVector.Ids("holm");

    [StatisticsTheory("holm")]
    [MemberData(nameof(Ids))]
    public void PublishedVectorIsReproduced(string id)
    {
        var vector = StatisticsVector.Read("holm", id);
        var input = vector.Input;

        vector.ShouldBe(MultipleComparisons.Holm(input.Numbers("pValues"), input.Alpha), VectorFields.Of);
    }
}

using ProgressiveDelivery.Sdk.Analysis.Statistics;

namespace ProgressiveDelivery.Sdk.Conformance.Statistics;

/// <summary>The published vectors of the procedure of Benjamini and Hochberg (statistics.md, section 8).</summary>
[Collection(ConformanceReport.Collection)]
public sealed class BenjaminiHochbergVectorTests
{
    public static TheoryData<string> Ids => StatisticsVector.Ids("bh");

    [StatisticsTheory("bh")]
    [MemberData(nameof(Ids))]
    public void PublishedVectorIsReproduced(string id)
    {
        var vector = StatisticsVector.Read("bh", id);
        var input = vector.Input;

        vector.ShouldBe(MultipleComparisons.BenjaminiHochberg(input.Numbers("pValues"), input.Alpha), VectorFields.Of);
    }
}

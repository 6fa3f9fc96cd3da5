using ProgressiveDelivery.Sdk.Analysis.Statistics;

namespace ProgressiveDelivery.Sdk.Conformance.Statistics;

/// <summary>The published vectors of ratio metrics (statistics.md, section 5).</summary>
[Collection(ConformanceReport.Collection)]
public sealed class RatioVectorTests
{
    public static TheoryData<string> Ids => StatisticsVector.Ids("ratio");

    [StatisticsTheory("ratio")]
    [MemberData(nameof(Ids))]
    public void PublishedVectorIsReproduced(string id)
    {
        var vector = StatisticsVector.Read("ratio", id);
        var input = vector.Input;

        vector.ShouldBe(RatioTest.Compare(Ratio(input.Object("control")), Ratio(input.Object("treatment")), input.Alpha), VectorFields.Of);
    }

    private static RatioSample Ratio(VectorInput arm) => new(
        arm.Count("n"), arm["meanNumerator"], arm["meanDenominator"], arm["varianceNumerator"], arm["varianceDenominator"], arm["covariance"]);
}

using ProgressiveDelivery.Sdk.Analysis.Statistics;

namespace ProgressiveDelivery.Sdk.Conformance.Statistics;

/// <summary>The published vectors of the relative uplift (statistics.md, section 2).</summary>
[Collection(ConformanceReport.Collection)]
public sealed class UpliftVectorTests
{
    public static TheoryData<string> Ids => StatisticsVector.Ids("relative-uplift");

    [StatisticsTheory("relative-uplift")]
    [MemberData(nameof(Ids))]
    public void PublishedVectorIsReproduced(string id)
    {
        var vector = StatisticsVector.Read("relative-uplift", id);
        var input = vector.Input;

        var method = input.Text("interval") switch { "fieller" => UpliftMethod.Fieller, "delta" => UpliftMethod.Delta, _ => (UpliftMethod)(-1) };
        vector.ShouldBe(UpliftTest.Compare(input.Sample("control"), input.Sample("treatment"), input.Alpha, method), VectorFields.Of);
    }
}

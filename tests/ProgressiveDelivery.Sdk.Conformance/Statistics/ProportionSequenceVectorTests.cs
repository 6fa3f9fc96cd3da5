using ProgressiveDelivery.Sdk.Analysis.Statistics;

namespace ProgressiveDelivery.Sdk.Conformance.Statistics;

/// <summary>The published vectors of the exact sequential interval of proportions (statistics.md, section 12).</summary>
[Collection(ConformanceReport.Collection)]
public sealed class ProportionSequenceVectorTests
{
    public static TheoryData<string> Ids => StatisticsVector.Ids("proportion-sequence");

    [StatisticsTheory("proportion-sequence")]
    [MemberData(nameof(Ids))]
    public void PublishedVectorIsReproduced(string id)
    {
        var vector = StatisticsVector.Read("proportion-sequence", id);
        var input = vector.Input;

        var result = input.Operation == "one"
            ? ProportionSequence.One(input.Proportion("sample"), input.Alpha)
            : ProportionSequence.Difference(input.Proportion("control"), input.Proportion("treatment"), input.Alpha);
        vector.ShouldBe(result, value => new() { ["low"] = value.Low, ["high"] = value.High });
    }
}

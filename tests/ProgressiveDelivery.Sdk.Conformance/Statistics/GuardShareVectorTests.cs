using ProgressiveDelivery.Sdk.Canary.Statistics;

namespace ProgressiveDelivery.Sdk.Conformance.Statistics;

/// <summary>The published vectors of the exact sequential interval of proportions, as a guard's status shows it (statistics.md, section 12).</summary>
[Collection(ConformanceReport.Collection)]
public sealed class GuardShareVectorTests
{
    public static TheoryData<string> Ids => StatisticsVector.Ids("proportion-sequence");

    [StatisticsTheory("proportion-sequence")]
    [MemberData(nameof(Ids))]
    public void PublishedVectorIsReproduced(string id)
    {
        var vector = StatisticsVector.Read("proportion-sequence", id);
        var input = vector.Input;

        vector.ShouldBe(() =>
        {
            // A status has no interval without outcomes; the vectors have the whole range.
            var interval = (input.Operation == "one" ? One(input) : Difference(input)) ?? new(0, 0, 1);
            return new() { ["low"] = interval.Low, ["high"] = interval.High };
        });
    }

    private static ShareInterval? One(VectorInput input)
    {
        var sample = input.Proportion("sample");
        return ShareIntervals.Of(sample.Units, sample.Events, input.Alpha);
    }

    private static ShareInterval? Difference(VectorInput input)
    {
        var (control, treatment) = (input.Proportion("control"), input.Proportion("treatment"));
        return ShareIntervals.Difference(control.Units, control.Events, treatment.Units, treatment.Events, input.Alpha);
    }
}

using ProgressiveDelivery.Sdk.Canary.Statistics;
using ProgressiveDelivery.Sdk.Tests.Canary.Statistics;

namespace ProgressiveDelivery.Sdk.Conformance.Statistics;

/// <summary>The published vectors of guards that keep running (statistics.md, section 15).</summary>
[Collection(ConformanceReport.Collection)]
public sealed class GuardDetectorVectorTests
{
    public static TheoryData<string> Ids => StatisticsVector.Ids("e-detector");

    [StatisticsTheory("e-detector")]
    [MemberData(nameof(Ids))]
    public void PublishedVectorIsReproduced(string id)
    {
        var vector = StatisticsVector.Read("e-detector", id);

        vector.ShouldBe(() => vector.Input.Text("stream") == "one" ? OneStream(vector.Input) : TwoStreams(vector.Input));
    }

    private static Dictionary<string, object?> OneStream(VectorInput input)
    {
        var detector = new StandingLimit(input["limit"], input["threshold"], Kind(input), input.Numbers("odds"));
        var looks = GuardLooks.At(detector, input, outcome => detector.Add(outcome.IsBad));
        return Fields(looks, input.Outcomes().LongCount());
    }

    private static Dictionary<string, object?> TwoStreams(VectorInput input)
    {
        var (factors, sizes) = GuardLooks.Blocks(input);
        var detector = new StandingBlocks(factors, input["threshold"], Kind(input));
        var outcomes = new BlockSequence(detector, sizes);
        var looks = GuardLooks.At(detector, input, outcome => outcomes.Add(outcome.IsTreatment, outcome.IsBad));
        return Fields(looks, outcomes.Blocks);
    }

    private static Dictionary<string, object?> Fields(GuardLooks looks, long steps) =>
        new() { ["logM"] = looks.Evidence, ["firstCrossing"] = looks.FirstCrossing, ["steps"] = steps };

    private static DetectorKind Kind(VectorInput input) => input.Text("kind") switch
    {
        "sr" => DetectorKind.ShiryaevRoberts,
        "cusum" => DetectorKind.Cusum,
        _ => (DetectorKind)(-1),
    };
}

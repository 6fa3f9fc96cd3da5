using ProgressiveDelivery.Sdk.Analysis.Statistics;

namespace ProgressiveDelivery.Sdk.Conformance.Statistics;

/// <summary>The published vectors of sizes, power, effects and duration (statistics.md, section 10).</summary>
[Collection(ConformanceReport.Collection)]
public sealed class PowerVectorTests
{
    public static TheoryData<string> Ids => StatisticsVector.Ids("sample-size");

    [StatisticsTheory("sample-size")]
    [MemberData(nameof(Ids))]
    public void PublishedVectorIsReproduced(string id)
    {
        var vector = StatisticsVector.Read("sample-size", id);
        var input = vector.Input;

        switch (input.Operation)
        {
            case "mean-size":
                vector.ShouldBe(PowerAnalysis.MeanSize(input["controlDeviation"], input["treatmentDeviation"], input["effect"], Settings(input)), Fields);
                break;
            case "proportion-size":
                vector.ShouldBe(PowerAnalysis.ProportionSize(input["baseline"], input["effect"], Settings(input)), Fields);
                break;
            case "mean-mde":
                vector.ShouldBe(PowerAnalysis.MeanEffect(input["controlDeviation"], input["treatmentDeviation"], input.Count("control"), Settings(input)), Fields);
                break;
            case "proportion-mde":
                vector.ShouldBe(PowerAnalysis.ProportionEffect(input["baseline"], input.Count("control"), Settings(input)), Fields);
                break;
            case "mean-power":
                vector.ShouldBe(
                    PowerAnalysis.MeanPower(input["controlDeviation"], input["treatmentDeviation"], input["effect"], input.Count("control"), Settings(input)), Fields);
                break;
            case "proportion-power":
                vector.ShouldBe(PowerAnalysis.ProportionPower(input["baseline"], input["effect"], input.Count("control"), Settings(input)), Fields);
                break;
            default:
                vector.ShouldBe(
                    PowerAnalysis.Duration(input.Count("total"), input["unitsPerDay"], input["share"]), value => new() { ["days"] = value.Days });
                break;
        }
    }

    private static PowerSettings Settings(VectorInput input) => new()
    {
        Alpha = input.Alpha,
        Power = input["power"],
        Allocation = input["allocation"],
        Comparisons = (int)input.Count("comparisons"),
        IsSequential = input.Flag("sequential"),
    };

    private static Dictionary<string, object?> Fields(SampleSize value) =>
        new() { ["exact"] = value.Exact, ["control"] = value.Control, ["treatment"] = value.Treatment, ["total"] = value.Total };

    private static Dictionary<string, object?> Fields(DetectableEffect value) => new() { ["effect"] = value.Effect };

    private static Dictionary<string, object?> Fields(AchievedPower value) => new() { ["power"] = value.Power };
}

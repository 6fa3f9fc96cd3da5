using ProgressiveDelivery.Sdk.Analysis.Statistics;

namespace ProgressiveDelivery.Sdk.Conformance.Statistics;

/// <summary>The published vectors of quantiles (statistics.md, section 4).</summary>
[Collection(ConformanceReport.Collection)]
public sealed class QuantileVectorTests
{
    public static TheoryData<string> Ids => StatisticsVector.Ids("quantile");

    [StatisticsTheory("quantile")]
    [MemberData(nameof(Ids))]
    public void PublishedVectorIsReproduced(string id)
    {
        var vector = StatisticsVector.Read("quantile", id);
        var input = vector.Input;

        switch (input.Operation)
        {
            case "levels":
                vector.ShouldBe(Levels(input), Fields);
                break;
            case "difference":
                vector.ShouldBe(QuantileTest.Compare(Quantiles(input.Object("control")), Quantiles(input.Object("treatment")), input.Alpha), VectorFields.Of);
                break;
            default:
                var values = input.Numbers("values").Order().ToArray();
                vector.ShouldBe(QuantileTest.Levels(input["level"], values.Length), levels => FieldsOfValues(levels, input["level"], values));
                break;
        }
    }

    private static StatisticalResult<QuantileLevels> Levels(VectorInput input)
    {
        if (!input.Contains("cluster"))
            return QuantileTest.Levels(input["level"], input.Count("n"));
        var cluster = input.Object("cluster");
        return QuantileTest.Levels(
            input["level"],
            new OutcomeClusters(cluster.Count("units"), cluster["meanCount"], cluster["varianceCount"], cluster["varianceBelow"], cluster["covariance"]));
    }

    private static QuantileSample Quantiles(VectorInput arm) => new(arm["lower"], arm["value"], arm["upper"]);

    private static Dictionary<string, object?> Fields(QuantileLevels levels) => new() { ["lowerLevel"] = levels.LowerLevel, ["upperLevel"] = levels.UpperLevel };

    // The standard error of one arm is seen in the difference of two equal ones.
    private static Dictionary<string, object?> FieldsOfValues(QuantileLevels levels, double level, double[] sorted)
    {
        var sample = new QuantileSample(Discrete(sorted, levels.LowerLevel), Discrete(sorted, level), Discrete(sorted, levels.UpperLevel));
        return new(Fields(levels))
        {
            ["lower"] = sample.Lower,
            ["value"] = sample.Value,
            ["upper"] = sample.Upper,
            ["standardError"] = QuantileTest.Compare(sample, sample, 0.05).Value!.StandardError / Math.Sqrt(2),
        };
    }

    private static double Discrete(double[] sorted, double level) => sorted[(int)Math.Ceiling(sorted.Length * level) - 1];
}

using ProgressiveDelivery.Sdk.Analysis;
using ProgressiveDelivery.Sdk.Analysis.Statistics;

namespace ProgressiveDelivery.Sdk.Conformance.Statistics;

/// <summary>The published vectors of the test of non-inferiority (statistics.md, section 9).</summary>
[Collection(ConformanceReport.Collection)]
public sealed class NonInferiorityVectorTests
{
    public static TheoryData<string> Ids => StatisticsVector.Ids("noninferiority");

    [StatisticsTheory("noninferiority")]
    [MemberData(nameof(Ids))]
    public void PublishedVectorIsReproduced(string id)
    {
        var vector = StatisticsVector.Read("noninferiority", id);
        var input = vector.Input;

        var direction = input.Text("direction") switch
        {
            "increase-is-good" => MetricDirection.IncreaseIsGood,
            "decrease-is-good" => MetricDirection.DecreaseIsGood,
            _ => (MetricDirection)(-1),
        };
        var margin = new NonInferiorityMargin { Absolute = input.Optional("absoluteMargin"), Relative = input.Optional("relativeMargin") };
        vector.ShouldBe(NonInferiorityTest.Compare(input.Sample("control"), input.Sample("treatment"), direction, margin, input.Alpha), value => new()
        {
            ["slack"] = value.Slack,
            ["standardError"] = value.StandardError,
            ["df"] = value.DegreesOfFreedom,
            ["statistic"] = value.Statistic,
            ["pValue"] = value.PValue,
            ["bound"] = value.Bound,
            ["verdict"] = Name(value.Verdict),
        });
    }

    private static string Name(NonInferiorityVerdict verdict) => verdict switch
    {
        NonInferiorityVerdict.NonInferior => "non-inferior",
        NonInferiorityVerdict.Inferior => "inferior",
        _ => "inconclusive",
    };
}

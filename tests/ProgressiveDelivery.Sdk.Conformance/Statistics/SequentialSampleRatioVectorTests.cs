using ProgressiveDelivery.Sdk.Analysis.Statistics;

namespace ProgressiveDelivery.Sdk.Conformance.Statistics;

/// <summary>The published vectors of the test for sample ratio mismatch under continuous looking (statistics.md, section 7b).</summary>
[Collection(ConformanceReport.Collection)]
public sealed class SequentialSampleRatioVectorTests
{
    public static TheoryData<string> Ids => StatisticsVector.Ids("srm-sequential");

    [StatisticsTheory("srm-sequential")]
    [MemberData(nameof(Ids))]
    public void PublishedVectorIsReproduced(string id)
    {
        var vector = StatisticsVector.Read("srm-sequential", id);
        var input = vector.Input;

        var test = new SequentialSampleRatio(input.Numbers("weights"), input["concentration"], input.Alpha);
        var looks = input.CountLists("steps").Select(step => test.Look(step)).ToArray();

        // A test without a look has no result, and one faulty look spoils it.
        if (looks.Length == 0 || looks.Any(look => !look.IsOk))
        {
            vector.ShouldBe(looks.Length == 0 ? test.Look([]) : looks.First(look => !look.IsOk), _ => []);
            return;
        }

        vector.ShouldBe(looks[^1], value => new()
        {
            ["logE"] = looks.Select(look => look.Value!.LogE),
            ["runningPValue"] = looks.Select(look => look.Value!.PValue),
            ["firstCrossing"] = Array.FindIndex(looks, look => look.Value!.IsMismatch) is >= 0 and var crossing ? crossing : null,
            ["mismatch"] = value.IsMismatch,
        });
    }
}

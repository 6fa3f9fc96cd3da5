using ProgressiveDelivery.Sdk.Canary.Statistics;

namespace ProgressiveDelivery.Sdk.Conformance.Statistics;

/// <summary>The published vectors of a guard against a limit (statistics.md, sections 13 and 16).</summary>
[Collection(ConformanceReport.Collection)]
public sealed class GuardLimitVectorTests
{
    public static TheoryData<string> Ids => StatisticsVector.Ids("e-one-proportion");

    [StatisticsTheory("e-one-proportion")]
    [MemberData(nameof(Ids))]
    public void PublishedVectorIsReproduced(string id)
    {
        var vector = StatisticsVector.Read("e-one-proportion", id);
        var input = vector.Input;

        vector.ShouldBe(() =>
        {
            var side = input.Text("side") == "below" ? LimitSide.Below : LimitSide.Above;
            var test = new LifetimeLimit(input["limit"], input.Alpha, side, input.Numbers("odds"));
            var looks = GuardLooks.At(test, input, outcome => test.Add(outcome.IsBad));
            return new() { ["logE"] = looks.Evidence, ["firstCrossing"] = looks.FirstCrossing };
        });
    }
}

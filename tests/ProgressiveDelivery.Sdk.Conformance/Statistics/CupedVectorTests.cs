using ProgressiveDelivery.Sdk.Analysis.Statistics;

namespace ProgressiveDelivery.Sdk.Conformance.Statistics;

/// <summary>The published vectors of CUPED (statistics.md, section 6).</summary>
[Collection(ConformanceReport.Collection)]
public sealed class CupedVectorTests
{
    public static TheoryData<string> Ids => StatisticsVector.Ids("cuped");

    [StatisticsTheory("cuped")]
    [MemberData(nameof(Ids))]
    public void PublishedVectorIsReproduced(string id)
    {
        var vector = StatisticsVector.Read("cuped", id);
        var input = vector.Input;

        var arms = input.Objects("arms").Select(arm => new CovariateSample(
            arm.Count("n"), arm["mean"], arm["variance"], arm["covariateMean"], arm["covariateVariance"], arm["covariance"]));
        vector.ShouldBe(Cuped.Compare([.. arms], input.Alpha), value => new()
        {
            ["adjusted"] = value.Adjustment.IsAdjusted,
            ["theta"] = value.Adjustment.Theta,
            ["covariateMean"] = value.Adjustment.CovariateMean,
            ["adjustedMeans"] = value.Adjustment.Arms.Select(arm => arm.Mean),
            ["adjustedVariances"] = value.Adjustment.Arms.Select(arm => arm.Variance),
            ["comparisons"] = value.Differences.Select(result => VectorFields.Of(result, VectorFields.Of)),
            ["relative"] = value.Uplifts.Select(result => VectorFields.Of(result, VectorFields.Of)),
        });
    }
}

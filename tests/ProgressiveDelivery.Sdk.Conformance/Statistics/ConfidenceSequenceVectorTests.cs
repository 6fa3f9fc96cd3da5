using ProgressiveDelivery.Sdk.Analysis.Statistics;

namespace ProgressiveDelivery.Sdk.Conformance.Statistics;

/// <summary>The published vectors of the asymptotic confidence sequence (statistics.md, section 11).</summary>
[Collection(ConformanceReport.Collection)]
public sealed class ConfidenceSequenceVectorTests
{
    public static TheoryData<string> Ids => StatisticsVector.Ids("confidence-sequence");

    [StatisticsTheory("confidence-sequence")]
    [MemberData(nameof(Ids))]
    public void PublishedVectorIsReproduced(string id)
    {
        var vector = StatisticsVector.Read("confidence-sequence", id);
        var input = vector.Input;

        var settings = new SequenceSettings
        {
            Alpha = input.Alpha,
            Intended = input.Count("intended"),
            Side = input.Text("side") switch
            {
                "two-sided" => SequenceSide.TwoSided,
                "lower" => SequenceSide.Lower,
                "upper" => SequenceSide.Upper,
                _ => (SequenceSide)(-1),
            },
            Null = input["null"],
            StartAt = input.Count("startAt"),
        };
        var result = input.Operation == "mean"
            ? ConfidenceSequence.Mean(input.Sample("sample"), settings)
            : ConfidenceSequence.Difference(input.Sample("control"), input.Sample("treatment"), settings);
        vector.ShouldBe(result, value => new()
        {
            ["estimate"] = value.Estimate,
            ["standardError"] = value.StandardError,
            ["rhoSquared"] = value.RhoSquared,
            ["low"] = value.Low,
            ["high"] = value.High,
            ["pValue"] = value.PValue,
            ["logE"] = value.LogE,
        });
    }
}

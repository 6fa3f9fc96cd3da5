using ProgressiveDelivery.Sdk.Observation;

namespace ProgressiveDelivery.Sdk.Tests.Observation;

public sealed class EvaluationTotalsTests
{
    [Fact]
    public void SeriesForWhichThereIsNoRoomAreCountedTogether()
    {
        var totals = new EvaluationTotals();
        var counts = new UsageCounts();
        for (var i = 0; i < EvaluationTotals.MaxSeries + 10; i++)
            counts.Add(new("flag-" + i, FlagType.Boolean, null, "on", "true", true) { Reason = EvaluationReason.Split }, 2);

        totals.Add(counts);
        totals.Add(counts);

        var all = totals.ToArray();
        all.Sum(total => total.Count).Should().Be(2L * 2 * (EvaluationTotals.MaxSeries + 10), "none is lost");
        all.Single(total => total.Flag == EvaluationTotals.Others).Should().Be((EvaluationTotals.Others, null, EvaluationReason.Split, 40L));
    }

    [Fact]
    public void AnswersThatWereLostBeforeAreCountedTogetherToo()
    {
        var totals = new EvaluationTotals();
        var counts = new UsageCounts();
        for (var i = 0; i < UsageCounts.MaxAnswers + 3; i++)
            counts.Add(new("flag", FlagType.Boolean, i, "on", "true", true) { Reason = EvaluationReason.Split }, 1);

        totals.Add(counts);

        totals.ToArray().Sum(total => total.Count).Should().Be(UsageCounts.MaxAnswers + 3L, "none is lost");
    }
}

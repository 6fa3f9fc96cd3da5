using ProgressiveDelivery.Sdk.Observation;

namespace ProgressiveDelivery.Sdk.Tests.Reporting;

public sealed class UsageCountsTests
{
    [Fact]
    public void SoManyDifferentAnswersAndNoMoreAreKept()
    {
        var (counts, more) = (new UsageCounts(), new UsageCounts());
        for (var i = 0; i < UsageCounts.MaxAnswers; i++)
            counts.Add(Of(i), 1);
        more.Add(Of(0), 2);
        more.Add(Of(-1), 3);

        counts.Add(more);

        counts.All.Should().HaveCount(UsageCounts.MaxAnswers);
        counts.All.Single(count => count.Key == Of(0)).Value.Should().Be(3, "what is known is counted on");
        counts.Lost.Should().Be(3);
        counts.Clear();
        (counts.IsEmpty, counts.Lost).Should().Be((true, 0));
    }

    private static UsageKey Of(int flag) => new($"flag-{flag}", FlagType.Boolean, null, "on", "true", true);
}

using ProgressiveDelivery.Sdk.Sources.Http;

namespace ProgressiveDelivery.Sdk.Tests.Sources.Http;

public sealed class PollingPaceTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    [Fact]
    public void FleetThatStartsTogetherSpreadsOverTheInterval()
    {
        var random = new Random(1);

        var firstWaits = Enumerable.Range(0, 1_000).Select(_ => new PollingPace(Interval, random).Next()).ToList();

        var perSecond = firstWaits.GroupBy(w => (int)w.TotalSeconds).Select(g => g.Count()).ToList();
        perSecond.Should().HaveCount(30);
        perSecond.Max().Should().BeLessThan(3 * 1_000 / 30);
    }

    [Fact]
    public void LaterWaitsStayWithinTenPercent()
    {
        var pace = new PollingPace(Interval, new(1));
        pace.Next();

        var waits = Enumerable.Range(0, 1_000).Select(_ => pace.Next().TotalSeconds).ToList();

        waits.Should().OnlyContain(w => w >= 27 && w <= 33);
        waits.Average().Should().BeApproximately(30, 0.3);
        waits.Max().Should().BeGreaterThan(32.5);
        waits.Min().Should().BeLessThan(27.5);
    }
}

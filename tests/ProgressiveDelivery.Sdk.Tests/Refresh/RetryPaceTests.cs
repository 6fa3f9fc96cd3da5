using ProgressiveDelivery.Sdk.Refresh;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.Tests.Refresh;

public sealed class RetryPaceTests
{
    private static readonly Exception Down = new SnapshotSourceException("Down.");

    [Fact]
    public void CeilingDoublesFromOneSecondToAMinute()
    {
        var pace = new RetryPace(new FixedRandom(0.5));

        var pauses = Enumerable.Range(0, 9).Select(_ => pace.After(Down).TotalSeconds);

        pauses.Should().Equal(0.5, 1, 2, 4, 8, 16, 30, 30, 30);
    }

    [Fact]
    public void PauseIsAnyPartOfTheCeiling()
    {
        new RetryPace(new FixedRandom(0)).After(Down).Should().Be(TimeSpan.Zero);
        new RetryPace(new FixedRandom(0.99)).After(Down).Should().Be(TimeSpan.FromSeconds(0.99));
    }

    [Fact]
    public void SuccessStartsAnew()
    {
        var pace = new RetryPace(new FixedRandom(0.5));
        pace.After(Down);
        pace.After(Down);

        pace.Reset();

        pace.After(Down).Should().Be(TimeSpan.FromSeconds(0.5));
    }

    [Fact]
    public void RefusalsAreLeftAloneForMinutes()
    {
        var refusal = new SnapshotSourceException("No.") { Kind = FeatureClientFaultKind.Refused };

        new RetryPace(new FixedRandom(0)).After(refusal).Should().Be(TimeSpan.FromMinutes(5));
        new RetryPace(new FixedRandom(1)).After(refusal).Should().Be(TimeSpan.FromMinutes(2.5));
    }

    [Theory]
    [InlineData(90, 90)]
    [InlineData(1_000_000, 3_600)]
    [InlineData(-5, 0)]
    public void WhatTheSourceAsksForIsTheLeastUpToAnHour(int asked, int least)
    {
        var busy = new SnapshotSourceException("Busy.") { RetryAfter = TimeSpan.FromSeconds(asked) };

        new RetryPace(new FixedRandom(0.5)).After(busy).Should().Be(TimeSpan.FromSeconds(least + 0.5));
    }

    private sealed class FixedRandom(double value) : Random
    {
        public override double NextDouble() => value;
    }
}

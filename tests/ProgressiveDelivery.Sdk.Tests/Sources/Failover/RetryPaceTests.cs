using Microsoft.Extensions.Time.Testing;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Sources.Failover;

namespace ProgressiveDelivery.Sdk.Tests.Sources.Failover;

public sealed class RetryPaceTests
{
    private static readonly Exception Down = new SnapshotSourceException("Down.");

    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void CeilingDoublesFromOneSecondToAMinute()
    {
        var pace = new RetryPace(new FixedRandom(0.5), _clock);

        var pauses = Enumerable.Range(0, 9).Select(_ => pace.After(Down).TotalSeconds);

        pauses.Should().Equal(0.5, 1, 2, 4, 8, 16, 30, 30, 30);
    }

    [Fact]
    public void PauseIsAnyPartOfTheCeiling()
    {
        new RetryPace(new FixedRandom(0), _clock).After(Down).Should().Be(TimeSpan.Zero);
        new RetryPace(new FixedRandom(0.99), _clock).After(Down).Should().Be(TimeSpan.FromSeconds(0.99));
    }

    [Theory]
    [InlineData(59, 2)]
    [InlineData(60, 0.5)]
    public void OnlyAMinuteWithoutFailureStartsAnew(int seconds, double pause)
    {
        var pace = new RetryPace(new FixedRandom(0.5), _clock);
        pace.After(Down);
        pace.After(Down);

        pace.Succeeded();
        _clock.Advance(TimeSpan.FromSeconds(seconds));
        pace.Succeeded();

        pace.After(Down).TotalSeconds.Should().Be(pause);
    }

    [Fact]
    public void SourceThatAnswersAndBreaksOffForMinutesIsAskedLessAndLess()
    {
        var pace = new RetryPace(new FixedRandom(0.5), _clock);
        var pauses = new List<double>();

        for (var i = 0; i < 8; i++)
        {
            pace.Succeeded();
            _clock.Advance(TimeSpan.FromSeconds(1));
            pauses.Add(pace.After(Down).TotalSeconds);
            _clock.Advance(TimeSpan.FromMinutes(2));
        }

        pauses.Should().Equal(0.5, 1, 2, 4, 8, 16, 30, 30);
    }

    [Fact]
    public void RefusalsAreLeftAloneForMinutes()
    {
        var refusal = new SnapshotSourceException("No.") { Kind = FeatureClientFaultKind.AccessDenied };

        new RetryPace(new FixedRandom(0), _clock).After(refusal).Should().Be(TimeSpan.FromMinutes(5));
        new RetryPace(new FixedRandom(1), _clock).After(refusal).Should().Be(TimeSpan.FromMinutes(2.5));
    }

    [Theory]
    [InlineData(90, 90)]
    [InlineData(1_000_000, 3_600)]
    [InlineData(-5, 0)]
    public void WhatTheSourceAsksForIsTheLeastUpToAnHour(int asked, int least)
    {
        var busy = new SnapshotSourceException("Busy.") { RetryAfter = TimeSpan.FromSeconds(asked) };

        new RetryPace(new FixedRandom(0.5), _clock).After(busy).Should().Be(TimeSpan.FromSeconds(least + 0.5));
    }

    private sealed class FixedRandom(double value) : Random
    {
        public override double NextDouble() => value;
    }
}

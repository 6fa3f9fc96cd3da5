using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.Canary.Guards;
using ProgressiveDelivery.Sdk.Canary.Statistics;
using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Observation;

namespace ProgressiveDelivery.Sdk.Tests.Canary;

/// <summary>A guard with a limit counts, tests and trips.</summary>
public sealed class GuardLimitTests : IDisposable
{
    private readonly CanaryUnderTest _canary = new();

    public void Dispose() => _canary.Dispose();

    [Fact]
    public void ProofTripsOnceAndSaysWhy()
    {
        _canary.Publish(SomeGuard.Guarded(SomeGuard.Errors()));
        _canary.Good(100);

        _canary.Bad(50);

        var trip = _canary.Tripped.Should().ContainSingle().Subject;
        trip.Evidence.Should().MatchRegex("^[0-9]+ of 1[0-9]+ outcomes of 'on' were errors, against a limit of 1 %$");
        trip.Should().BeEquivalentTo(new { Flag = "flag", Guard = "errors", Variant = "on", Served = "off", Response = GuardResponse.Revert, Since = Some.Monday, Attempt = 1L });
        (_canary.Guard.Result, _canary.Guard.Trip).Should().Be((GuardResult.Bad, trip));
    }

    [Fact]
    public void OutcomesAfterTheTripCountForNothing()
    {
        _canary.Publish(SomeGuard.Guarded(SomeGuard.Errors()));
        _canary.Bad(50);
        var tripped = _canary.Guard;

        _canary.Bad(10);
        _canary.Good(1_000);

        _canary.Guard.Should().BeEquivalentTo(tripped);
        tripped.Bad.Should().BeLessThan(50);
        tripped.LogEvidence.Should().BeGreaterThan(tripped.LogThreshold);
    }

    [Fact]
    public void EvidenceIsThatOfOneOutcomeAfterTheOther()
    {
        _canary.Publish(SomeGuard.Guarded(SomeGuard.Errors()));
        var sequential = new StandingLimit(0.01, 1e8);
        var random = new Random(7);

        for (var i = 0; i < 20_000; i++)
        {
            var isBad = random.NextDouble() < 0.009;
            sequential.Add(isBad);
            if (isBad)
                _canary.Bad();
            else
                _canary.Good();
        }

        var guard = _canary.Guard;
        guard.LogEvidence.Should().BeApproximately(sequential.LogEvidence, 1e-6);
        (guard.Outcomes, guard.Trip).Should().Be((20_000, null));
        guard.Share!.Low.Should().BeLessThan(0.009);
        guard.Share.High.Should().BeGreaterThan(0.009);
    }

    [Fact]
    public void FloorsDelayATrip()
    {
        _canary.Publish(SomeGuard.Guarded(SomeGuard.Errors() with { MinimumBad = 40, MinimumOutcomes = 60 }));

        _canary.Bad(59);
        _canary.Tripped.Should().BeEmpty();
        _canary.Bad();

        _canary.Tripped.Should().ContainSingle();
    }

    [Fact]
    public void FloorOfBadOutcomesDelaysATrip()
    {
        _canary.Publish(SomeGuard.Guarded(SomeGuard.Errors() with { MinimumBad = 40 }));

        _canary.Bad(39);
        _canary.Tripped.Should().BeEmpty();
        _canary.Bad();

        _canary.Tripped.Should().ContainSingle();
    }

    [Theory]
    [InlineData(OutcomeResult.Success, 400, 1, 0)]
    [InlineData(OutcomeResult.Success, 401, 1, 1)]
    [InlineData(OutcomeResult.Failure, 400, 0, 0)]
    [InlineData(OutcomeResult.Failure, 401, 1, 1)]
    [InlineData(OutcomeResult.Canceled, 401, 0, 0)]
    internal void FailureIsNoSampleOfLatencyUnlessItIsTooSlow(OutcomeResult result, int milliseconds, int outcomes, int bad)
    {
        _canary.Publish(SomeGuard.Guarded(SomeGuard.Errors() with { Kind = GuardKind.Slower, Than = TimeSpan.FromMilliseconds(400) }));

        _canary.Observe(new(result, TimeSpan.FromMilliseconds(milliseconds).Ticks));

        (_canary.Guard.Outcomes, _canary.Guard.Bad).Should().Be((outcomes, bad));
    }

    [Theory]
    [InlineData(OutcomeResult.Success, 1, 0)]
    [InlineData(OutcomeResult.Failure, 1, 1)]
    [InlineData(OutcomeResult.Canceled, 0, 0)]
    internal void CanceledCallIsNoOutcome(OutcomeResult result, int outcomes, int bad)
    {
        _canary.Publish(SomeGuard.Guarded(SomeGuard.Errors()));

        _canary.Observe(new(result, 0));

        (_canary.Guard.Outcomes, _canary.Guard.Bad).Should().Be((outcomes, bad));
    }

    [Theory]
    [InlineData(5.0, null, 5.0, 0)]
    [InlineData(5.0, null, 5.1, 1)]
    [InlineData(null, 5.0, 5.0, 0)]
    [InlineData(null, 5.0, 4.9, 1)]
    public void MetricIsBadBeyondItsLimit(double? above, double? below, double value, int bad)
    {
        _canary.Publish(SomeGuard.Guarded(SomeGuard.Errors() with { Kind = GuardKind.Metric, Metric = "stars", Above = above, Below = below }));

        _canary.Observe(new(OutcomeResult.Success, 0, value));

        (_canary.Guard.Outcomes, _canary.Guard.Bad).Should().Be((1, bad));
        _canary.Watches().Should().ContainSingle().Which.Metric.Should().Be("stars");
    }

    [Fact]
    public void UnitCountsOncePerTime()
    {
        _canary.Publish(SomeGuard.Guarded(SomeGuard.Errors() with { OncePer = TimeSpan.FromMinutes(1) }));

        _canary.Observe(new(OutcomeResult.Failure, 0, Unit: 7), count: 50);
        _canary.Observe(new(OutcomeResult.Failure, 0, Unit: 8));
        _canary.Guard.Outcomes.Should().Be(2);
        _canary.Wait(TimeSpan.FromSeconds(59));
        _canary.Observe(new(OutcomeResult.Failure, 0, Unit: 7));
        _canary.Guard.Outcomes.Should().Be(2);
        _canary.Wait(TimeSpan.FromSeconds(1));
        _canary.Observe(new(OutcomeResult.Failure, 0, Unit: 7), count: 2);

        _canary.Guard.Outcomes.Should().Be(3);
        _canary.Watches().Should().ContainSingle().Which.NeedsUnit.Should().BeTrue();
    }

    [Fact]
    public void UnknownUnitsAllCount()
    {
        _canary.Publish(SomeGuard.Guarded(SomeGuard.Errors() with { OncePer = TimeSpan.FromMinutes(1) }));

        _canary.Observe(new(OutcomeResult.Success, 0), count: 3);

        _canary.Guard.Outcomes.Should().Be(3);
    }

    [Fact]
    public void MemoryOfUnitsForgetsTheOldestAndStaysAsItIs()
    {
        var memory = new UnitMemory(TimeSpan.FromHours(1), _canary.Clock);
        for (ulong unit = 1; unit <= 100_000; unit++)
        {
            memory.TryCount(unit).Should().BeTrue();
            if (unit % 1_000 == 0)
                _canary.Wait(TimeSpan.FromMilliseconds(1));
        }

        Enumerable.Range(99_001, 1_000).Should().OnlyContain(unit => !memory.TryCount((ulong)unit));
        memory.TryCount(1).Should().BeTrue();
    }

    [Fact]
    public void GuardsShareTheirAlpha()
    {
        _canary.Publish(SomeGuard.Guarded(SomeGuard.Errors("a"), SomeGuard.Errors("b") with { Mode = GuardMode.Lifetime }));

        var (standing, lifetime) = (_canary.Services.Guards[0], _canary.Services.Guards[1]);

        standing.LogThreshold.Should().BeApproximately(Math.Log(1_000_000 / 0.005), 1e-12);
        standing.Promise.Should().Be("at most 0.5 % false trips within 1,000,000 outcomes");
        lifetime.LogThreshold.Should().BeApproximately(Math.Log(1 / 0.005), 1e-12);
        lifetime.Promise.Should().Be("at most 0.5 % false trips, however long it watches");
    }

    [Fact]
    public void DryRunShowsItsTripAndChangesNothing()
    {
        _canary.Publish(SomeGuard.Guarded(SomeGuard.Errors() with { DryRun = true }));

        _canary.Bad(20);

        (_canary.Tripped.Count, _canary.Guard.IsDryRun).Should().Be((0, true));
        _canary.Guard.Trip!.Evidence.Should().Contain("were errors");
        _canary.Guard.Bad.Should().BeLessThan(20, "it began anew after it showed");
        _canary.Log.LatestRecord.Should().Match<Microsoft.Extensions.Logging.Testing.FakeLogRecord>(record => record.Id.Id == 740 && record.Level == LogLevel.Warning);
    }

    [Fact]
    public void WarningIsGivenOnceAndTheGuardGoesOn()
    {
        _canary.Publish(SomeGuard.Guarded(SomeGuard.Errors() with { Then = GuardResponse.Warn, RevertTo = null }));

        _canary.Bad(102);

        _canary.Tripped.Should().ContainSingle().Which.Response.Should().Be(GuardResponse.Warn);
        (_canary.Guard.Trip, _canary.Guard.Result).Should().Be((null, GuardResult.Inconclusive));
        _canary.Guard.Bad.Should().BeLessThan(20);
    }

    [Fact]
    public void PauseHoldsEachRampOfTheVariantWhereItIs()
    {
        var flag = SomeGuard.Guarded(SomeGuard.Errors() with { Then = GuardResponse.Pause, RevertTo = null })
            .When(Some.Equal("country", "NL"), Some.Rollout(20, Some.Split(("on", 1), ("off", 1))), "dutch")
            .When(Some.Equal("country", "BE"), Some.Rollout(30, "off"), "belgian");
        _canary.Publish(flag);

        _canary.Bad(50);

        _canary.Moved.Select(move => (move.Rule, move.Reached, move.IsPaused)).Should().BeEquivalentTo([("dutch", 20m, true), ((string?)null, 50m, true)]);
        _canary.Moved.First().Cause.Should().StartWith("Guard 'errors': ").And.EndWith("against a limit of 1 %.");
        _canary.Guard.Result.Should().Be(GuardResult.Bad);
    }

    [Fact]
    public void TripThatTheEndOfTheClientPreventsLeavesTheGuardAtWork()
    {
        _canary.Publish(SomeGuard.Guarded(SomeGuard.Errors()));
        _canary.HasEnded = true;

        _canary.Bad(12);

        (_canary.Guard.Trip, _canary.Guard.Result).Should().Be((null, GuardResult.Inconclusive));
    }

    [Fact]
    public void ResultHasFourValues()
    {
        _canary.Publish(SomeGuard.Guarded(SomeGuard.Errors() with { MinimumOutcomes = 200 }));

        _canary.Guard.Result.Should().Be(GuardResult.NoData);
        _canary.Good(199);
        _canary.Guard.Result.Should().Be(GuardResult.Inconclusive, "there are too few");
        _canary.Good(1);
        _canary.Guard.Result.Should().Be(GuardResult.Fine);
        _canary.Bad(3);
        _canary.Guard.Result.Should().Be(GuardResult.Inconclusive, "the share is beyond the limit without proof");
        _canary.Bad(30);
        _canary.Guard.Result.Should().Be(GuardResult.Bad);
    }

    [Fact]
    public void ChartHasAtMost256PointsInOrder()
    {
        _canary.Publish(SomeGuard.Guarded(SomeGuard.Errors() with { Limit = 0.5 }));
        for (var i = 0; i < 5_000; i++)
        {
            _canary.Bad();
            _canary.Good(3);
        }

        var points = _canary.Guard.Evidence;

        points.Count.Should().BeInRange(100, 256);
        points.Select(point => point.Outcomes).Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
        points[^1].Should().Be(new GuardEvidence(20_000, _canary.Guard.LogEvidence));
        points.Should().OnlyContain(point => double.IsFinite(point.LogEvidence));
    }
}

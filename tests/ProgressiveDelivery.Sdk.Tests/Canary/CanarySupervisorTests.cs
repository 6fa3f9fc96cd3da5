using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Tests.Canary;

/// <summary>Tripped guards probe their variant again.</summary>
public sealed class CanarySupervisorTests : IDisposable
{
    private static readonly ProbeDefinition Probe = new() { Percent = 2, Wait = TimeSpan.FromMinutes(5), MaxWait = TimeSpan.FromMinutes(15), MaxOutcomes = 1_000 };

    private readonly CanaryUnderTest _canary = new();

    public void Dispose() => _canary.Dispose();

    [Fact]
    public void ProbeBeginsAfterItsWaitWithItsShare()
    {
        Trip(SomeGuard.Errors() with { Probe = Probe });

        _canary.Trips.Should().ContainSingle().Which.NextProbe.Should().Be(Some.Monday.AddMinutes(5));
        _canary.Wait(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        _canary.Probed.Should().BeEmpty();
        _canary.Wait(TimeSpan.FromSeconds(1));

        _canary.Trips.Should().ContainSingle().Which.Should().BeEquivalentTo(new { ProbePercent = 2m, Probes = 1, NextProbe = (DateTimeOffset?)null });
        (_canary.Guard.Result, _canary.Guard.Outcomes).Should().Be((GuardResult.Bad, 0));
        _canary.Guard.Promise.Should().StartWith("a probe: ");
    }

    [Fact]
    public void BadProbeReopensAndItsWaitDoublesUpToTheLongest()
    {
        Trip(SomeGuard.Errors() with { Probe = Probe });

        foreach (var (minutes, next) in new[] { (5, 10), (10, 15), (15, 15) })
        {
            _canary.Wait(TimeSpan.FromMinutes(minutes));
            _canary.Trips[0].ProbePercent.Should().Be(2);
            _canary.Bad(10);
            _canary.Trips[0].Should().BeEquivalentTo(new { ProbePercent = (decimal?)null, NextProbe = _canary.Clock.GetUtcNow().AddMinutes(next) });
        }

        _canary.Trips[0].Probes.Should().Be(3);
        _canary.Probed.Last().Why.Should().StartWith("Probe 3 proved the variant bad: ").And.EndWith("were errors, against a limit of 1 %.");
    }

    [Fact]
    public void GoodProbeClosesTheGuardWhichBeginsAnew()
    {
        Trip(SomeGuard.Errors() with { Limit = 0.05, Probe = Probe });
        _canary.Wait(TimeSpan.FromMinutes(5));

        _canary.Good(40);
        _canary.Closed.Should().BeEmpty();
        _canary.Good(100);

        _canary.Closed.Should().ContainSingle().Which.Should().StartWith("Probe 1 proved the variant good: 0 of ");
        (_canary.Guard.Trip, _canary.Guard.Bad, _canary.Guard.Result).Should().Be((null, 0, GuardResult.Fine));
    }

    [Fact]
    public void LaterProbeNeedsMoreProofOfGood()
    {
        Trip(SomeGuard.Errors() with { Limit = 0.05, Probe = Probe });
        _canary.Wait(TimeSpan.FromMinutes(5));
        var first = OutcomesUntil(() => !_canary.Closed.IsEmpty);
        _canary.Bad(50);
        _canary.Wait(TimeSpan.FromMinutes(5));
        _canary.Bad(10);
        _canary.Wait(TimeSpan.FromMinutes(10));

        var second = OutcomesUntil(() => _canary.Closed.Count == 2);

        second.Should().BeGreaterThan(first);
    }

    [Fact]
    public void ProbeWithoutProofReopensAsInconclusive()
    {
        Trip(SomeGuard.Errors() with { Probe = Probe with { MaxOutcomes = 100 } });
        _canary.Wait(TimeSpan.FromMinutes(5));

        _canary.Good(100);

        _canary.Probed.Last().Should().Match<(GuardTrip After, string Why)>(probe => probe.After.ProbePercent == null && probe.Why == "Probe 1 was inconclusive: 0 of 100 outcomes of 'on' were errors, against a limit of 1 %.");
    }

    [Fact]
    public void ProbeWithoutProofClosesIfThatIsWanted()
    {
        Trip(SomeGuard.Errors() with { Probe = Probe with { MaxOutcomes = 100, CloseWithoutProof = true } });
        _canary.Wait(TimeSpan.FromMinutes(5));

        _canary.Good(100);

        _canary.Closed.Should().ContainSingle().Which.Should().StartWith("Probe 1 found no evidence against the variant, which is no proof: ");
        _canary.Guard.Trip.Should().BeNull();
    }

    [Fact]
    public void ProbeOfAPairHasTheOthersShareAtTheTripAsItsLimit()
    {
        _canary.Publish(SomeGuard.Guarded(SomeGuard.Pair() with { Probe = Probe }));
        _canary.Good(450, variant: "off");
        _canary.Bad(50, variant: "off");
        for (var i = 0; i < 1_000 && _canary.Tripped.IsEmpty; i++)
        {
            _canary.Observe(new(i % 10 == 0 ? Sdk.Observation.OutcomeResult.Failure : Sdk.Observation.OutcomeResult.Success, 0), variant: "off");
            _canary.Observe(new(i % 2 == 0 ? Sdk.Observation.OutcomeResult.Failure : Sdk.Observation.OutcomeResult.Success, 0));
        }

        _canary.Wait(TimeSpan.FromMinutes(5));
        _canary.Good(300);

        _canary.Closed.Should().ContainSingle().Which.Should().MatchRegex("against a limit of (9|10)(\\.[0-9]+)? %\\.$");
    }

    [Fact]
    public void ProbeOfAPairAfterARestartLearnsItsLimitFirst()
    {
        _canary.Publish(SomeGuard.Guarded(SomeGuard.Pair() with { Probe = Probe }));
        _canary.Restore(new GuardTrip { Flag = "flag", Guard = "pair", Variant = "on", Response = GuardResponse.Revert, Served = "off", Evidence = "It failed.", Since = Some.Monday, ProbePercent = 2, Probes = 1 });

        _canary.Good(300);
        _canary.Guard.Outcomes.Should().Be(0, "without a limit they count for nothing");
        _canary.Bad(10, variant: "off");
        _canary.Good(90, variant: "off");
        _canary.Good(300);

        _canary.Closed.Should().ContainSingle();
    }

    [Fact]
    public void WaitDoesNotFollowASystemClockThatIsSet()
    {
        Trip(SomeGuard.Errors() with { Probe = Probe });
        var trip = _canary.Trips[0];

        _canary.Restore(trip with { NextProbe = Some.Monday.AddYears(1) });
        _canary.Wait(TimeSpan.FromMinutes(15));

        _canary.Trips[0].ProbePercent.Should().Be(2, "no wait is longer than the longest");
    }

    [Fact]
    public void TimerRunsOnlyWhileSomethingIsAwaited()
    {
        _canary.Publish(SomeGuard.Guarded(SomeGuard.Errors() with { Probe = Probe }));
        _canary.Clock.Timers.Should().Be(0);

        _canary.Bad(50);
        _canary.Clock.Timers.Should().Be(1);
        _canary.Wait(TimeSpan.FromMinutes(5));

        _canary.Clock.Timers.Should().Be(0, "a probe ends by its outcomes");
    }

    [Fact]
    public void EndOfTheClientEndsTheTimer()
    {
        Trip(SomeGuard.Errors() with { Probe = Probe });

        _canary.Dispose();
        _canary.Wait(TimeSpan.FromMinutes(10));

        (_canary.Clock.Timers, _canary.Probed.Count).Should().Be((0, 0));
    }

    [Fact]
    public void GuardWithoutAProbeStaysTripped()
    {
        Trip(SomeGuard.Errors());

        _canary.Wait(TimeSpan.FromDays(1));

        (_canary.Clock.Timers, _canary.Probed.Count, _canary.Guard.Result).Should().Be((0, 0, GuardResult.Bad));
    }

    private void Trip(GuardDefinition guard)
    {
        _canary.Publish(SomeGuard.Guarded(guard));
        _canary.Bad(50);
        _canary.Trips.Should().ContainSingle();
    }

    private int OutcomesUntil(Func<bool> isOver)
    {
        var outcomes = 0;
        for (; !isOver(); outcomes++)
            _canary.Good();
        return outcomes;
    }
}

using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Observation;

namespace ProgressiveDelivery.Sdk.Tests.Canary;

/// <summary>A guard lives as long as what its evidence is about.</summary>
public sealed class GuardBoardTests : IDisposable
{
    private readonly CanaryUnderTest _canary = new();

    public void Dispose() => _canary.Dispose();

    [Fact]
    public void EqualGuardGoesOnInANewSnapshot()
    {
        _canary.Publish(SomeGuard.Guarded(SomeGuard.Errors()));
        _canary.Good(100);
        var watch = _canary.Watches().Should().ContainSingle().Subject;

        _canary.Publish(SomeGuard.Guarded(SomeGuard.Errors()) with { Default = Some.Rollout(60) }, Some.Flag("other"));
        watch.Observe(new(OutcomeResult.Success, 0));

        _canary.Watches().Should().ContainSingle().Which.Should().BeSameAs(watch);
        _canary.Guard.Outcomes.Should().Be(101);
    }

    public static TheoryData<string> Changes() => ["definition", "attempt", "value", "number of guards"];

    [Theory]
    [MemberData(nameof(Changes))]
    public void OutcomesOfAnotherSnapshotsGuardCountForNothing(string change)
    {
        var flag = SomeGuard.Guarded(SomeGuard.Errors());
        _canary.Publish(flag);
        _canary.Good(100);
        var old = _canary.Watches().Should().ContainSingle().Subject;

        _canary.Publish(change switch
        {
            "definition" => SomeGuard.Guarded(SomeGuard.Errors() with { Limit = 0.02 }),
            "attempt" => flag with { Attempt = 2 },
            "value" => flag with { Variants = [new() { Name = "on", Value = false }, new() { Name = "off", Value = true }] },
            _ => SomeGuard.Guarded(SomeGuard.Errors(), SomeGuard.Errors("other") with { Variant = "off", RevertTo = "on" }),
        });
        for (var i = 0; i < 100; i++)
            old.Observe(new(OutcomeResult.Failure, 0));

        _canary.Tripped.Should().BeEmpty();
        _canary.Watches().Should().ContainSingle().Which.Should().NotBeSameAs(old);
        _canary.Services.Guards[0].Outcomes.Should().Be(0);
    }

    [Fact]
    public void GuardThatTheSnapshotLacksIsGone()
    {
        _canary.Publish(SomeGuard.Guarded(SomeGuard.Errors()));
        var old = _canary.Watches().Should().ContainSingle().Subject;

        _canary.Publish(Some.Flag());
        for (var i = 0; i < 100; i++)
            old.Observe(new(OutcomeResult.Failure, 0));

        (_canary.Watches().Length, _canary.Services.Guards.Count, _canary.Tripped.Count).Should().Be((0, 0, 0));
    }

    [Fact]
    public void TripOfAnEarlierRunHolds()
    {
        _canary.Publish(SomeGuard.Guarded(SomeGuard.Errors()));
        var trip = new GuardTrip { Flag = "flag", Guard = "errors", Variant = "on", Response = GuardResponse.Revert, Served = "off", Evidence = "It failed.", Since = Some.Monday };

        _canary.Restore(trip);
        _canary.Bad(100);

        (_canary.Guard.Result, _canary.Guard.Trip, _canary.Guard.Outcomes, _canary.Tripped.Count).Should().Be((GuardResult.Bad, trip, 0, 0));
    }

    [Fact]
    public void ResetBeginsTheEvidenceAnew()
    {
        _canary.Publish(SomeGuard.Guarded(SomeGuard.Errors()));
        _canary.Bad(50);
        _canary.Wait(TimeSpan.FromMinutes(1));

        _canary.Reset();
        _canary.Guard.Should().BeEquivalentTo(new { Outcomes = 0L, LogEvidence = 0.0, Result = GuardResult.NoData, Since = Some.Monday.AddMinutes(1) });
        _canary.Bad(50);

        _canary.Tripped.Should().HaveCount(2);
    }

    [Fact]
    public void LifetimeBeginsAnewWithOtherRulesAndAStandingGuardGoesOn()
    {
        var flag = SomeGuard.Guarded(SomeGuard.Errors("lifetime") with { Mode = GuardMode.Lifetime }, SomeGuard.Errors("standing"));
        _canary.Publish(flag);
        _canary.Good(100);

        _canary.Publish(flag with { Track = false }, Some.Flag("other"));
        _canary.Services.Guards.Select(guard => guard.Outcomes).Should().Equal(100, 100);
        _canary.Publish(flag.When(Some.Equal("country", "NL")));

        _canary.Services.Guards.Select(guard => guard.Outcomes).Should().Equal(0, 100);
    }

    [Fact]
    public void GuardOfTheSnapshotTakesThePlaceOfOneOfCode()
    {
        using var canary = new CanaryUnderTest(new() { ["flag"] = [SomeGuard.Errors("a"), SomeGuard.Errors("b")] });

        canary.Publish(Some.Flag() with { Guards = [SomeGuard.Errors("a") with { Limit = 0.5 }] });

        canary.Services.Guards.Select(guard => guard.Guard).Should().Equal("a", "b");
        canary.Bad(20);
        canary.Tripped.Should().ContainSingle().Which.Guard.Should().Be("b");
    }

    [Fact]
    public void GuardOfCodeThatWatchesNothingIsReportedOnce()
    {
        using var canary = new CanaryUnderTest(new() { ["gone"] = [SomeGuard.Errors()], ["flag"] = [SomeGuard.Errors("typo") with { Variant = "onn" }] });

        canary.Publish(Some.Flag());
        canary.Publish(Some.Flag());

        var logged = canary.Log.Collector.GetSnapshot().Where(record => record.Id.Id == 741).Select(record => record.Message).ToList();
        logged.Should().HaveCount(2);
        logged.Should().Contain(message => message.Contains("the snapshot has no such flag")).And.Contain(message => message.Contains("lacks variant 'onn'"));
    }

    [Fact]
    public void TenThousandGuardedFlagsCostLittleUntilOutcomesCome()
    {
        var rules = Some.Snapshot([.. Enumerable.Range(0, 10_000).Select(i => SomeGuard.Guarded(SomeGuard.Errors()) with { Key = $"flag{i}" })]).Compile().Rules;
        var before = GC.GetAllocatedBytesForCurrentThread();

        foreach (var flag in rules.Flags)
            _canary.Services.WatchesOf(flag, 0);

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(10_000 * 1_500, "nothing that a test needs is made");
    }
}

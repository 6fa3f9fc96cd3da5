using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Tests.Support;
using static ProgressiveDelivery.Sdk.Tests.Refresh.Guarded;
using static ProgressiveDelivery.Sdk.Tests.Refresh.ScriptedSource;

namespace ProgressiveDelivery.Sdk.Tests.Refresh;

public sealed class GuardTripTests
{
    private static readonly ControlAct Ada = new("ada", "INC-1");

    [Fact]
    public async Task TripIsServedByTheNextEvaluationAndToldEverywhere()
    {
        await using var test = await StartAsync(Rules(1));
        var changes = new ConcurrentQueue<SnapshotChange>();
        using var subscription = test.Client.OnChange(changes.Enqueue);

        test.Client.Canary.Trip(Trip()).Should().BeTrue();

        test.Answer().Should().Be(("off", EvaluationReason.Guarded));
        test.Status.Control!.Trips.Should().Equal(Trip());
        test.Control.State.Should().BeEquivalentTo(new { IsActive = true, Version = 1L });
        var record = test.Control.AuditTrail.Should().ContainSingle().Which;
        record.Should().Be(new ControlRecord
        {
            Kind = ControlActKind.GuardTripped,
            By = "guard 'errors'",
            Reason = Trip().Evidence,
            At = test.Time.GetUtcNow(),
            FromVersion = 1,
            ToVersion = 1,
            Flag = "f",
            Guard = "errors",
            FromVariant = "on",
            ToVariant = "off",
        });
        await Until.HoldsAsync(() => changes.Any(change => change.Cause == new SnapshotChangeCause(SnapshotChangeKind.Guard, record)));
        test.Warnings.Should().ContainSingle(line => line.Id.Id == 519).Which.Message.Should().Contain("37 of 410 outcomes").And.Contain("Every caller gets variant 'off'");
    }

    [Fact]
    public async Task OneOfManyThreadsTrips()
    {
        await using var test = await StartAsync(Rules(1));
        using var together = new Barrier(8);
        var tripped = 0;

        var threads = Enumerable.Range(0, 8).Select(number => new Thread(() =>
        {
            together.SignalAndWait();
            if (test.Client.Canary.Trip(Trip(second: number)) && test.Answer().Reason == EvaluationReason.Guarded)
                Interlocked.Increment(ref tripped);
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        tripped.Should().Be(1);
        test.Client.Canary.Trips.Should().ContainSingle();
        test.Acts().Should().Equal(ControlActKind.GuardTripped);
    }

    [Fact]
    public async Task OverrideOutranksATripThatHoldsWhenItEnds()
    {
        await using var test = await StartAsync(Rules(1));
        await test.Control.OverrideAsync("f", "on", Ada);

        test.Client.Canary.Trip(Trip()).Should().BeTrue();
        test.Answer().Should().Be(("on", EvaluationReason.Override));
        test.Warnings.Should().ContainSingle(line => line.Id.Id == 519).Which.Message.Should().Contain("an override outranks it");

        await test.Control.RemoveOverrideAsync("f", Ada);
        test.Answer().Should().Be(("off", EvaluationReason.Guarded));
    }

    [Fact]
    public async Task KillRanksBelowATripAndNoProbeServesWhatIsKilled()
    {
        await using var test = await StartAsync(Rules(1), Kill(9, "f", "old"));
        var probe = Trip() with { ProbePercent = 100 };

        test.Client.Canary.Trip(Trip());
        test.Answer().Should().Be(("off", EvaluationReason.Guarded));
        test.Client.Canary.Probe(Trip(), probe, "Five minutes are over").Should().BeTrue();
        test.Answer(new("ada")).Should().Be(("off", EvaluationReason.Guarded));

        test.Client.Canary.Close(probe, "The variant is good").Should().BeTrue();
        test.Answer().Should().Be(("old", EvaluationReason.Killed));
    }

    [Fact]
    public async Task KillAndPatchBesideATripLeaveItInForce()
    {
        await using var test = new ClientUnderTest();
        await test.PlayAsync(Document(Two(1, "on")));
        test.Client.Canary.Trip(Trip());

        await test.PlayAsync(Patch("""{ "baseVersion": 1, "version": 2, "set": { "flags": { "g": { "type": "boolean", "variants": { "on": true, "off": false }, "default": "off" } } } }"""), Kill(3, "g", "on"));

        (test.Status.SnapshotVersion, test.Client.EvaluateBoolean("f", EvaluationContext.Empty).Reason).Should().Be((2, EvaluationReason.Guarded));
        test.Client.EvaluateBoolean("g", EvaluationContext.Empty).Reason.Should().Be(EvaluationReason.Killed);

        static string Two(long version, string g) => $$"""
            { "schema": "progressive-delivery/1", "version": {{version}}, "flags": {
              "f": { "type": "boolean", "variants": { "on": true, "off": false }, "default": "on" },
              "g": { "type": "boolean", "variants": { "on": true, "off": false }, "default": "{{g}}" } } }
            """;
    }

    [Fact]
    public async Task FirstOfTwoTripsIsServedAndTheOtherWhenItEnds()
    {
        await using var test = await StartAsync(Rules(1));
        var (late, early) = (Trip("latency", second: 2) with { Served = "old" }, Trip("errors", second: 1));

        test.Client.Canary.Trip(early).Should().BeTrue();
        test.Client.Canary.Trip(late).Should().BeTrue();

        test.Client.Canary.Trips.Should().Equal(early, late);
        test.Answer().Variant.Should().Be("off");
        test.Client.Canary.Close(early, "good").Should().BeTrue();
        test.Answer().Should().Be(("old", EvaluationReason.Guarded));
        test.Client.Canary.Close(late, "good").Should().BeTrue();
        test.Answer().Should().Be(("on", EvaluationReason.Default));
        test.Status.Control.Should().BeNull();
    }

    [Fact]
    public async Task SnapshotWithTheSameAttemptOrWithoutTheFlagDoesNotEndATrip()
    {
        await using var test = await StartAsync(Rules(1));
        test.Client.Canary.Trip(Trip());

        await test.PlayAsync(Rules(2));
        test.Answer().Should().Be(("off", EvaluationReason.Guarded));
        await test.PlayAsync(Rules(3, flag: "other"), Rules(4));

        test.Answer().Should().Be(("off", EvaluationReason.Guarded));
        test.Client.Canary.Trip(Trip()).Should().BeFalse();
    }

    [Fact]
    public async Task HigherAttemptEndsTripAndPositionsWithItsSnapshot()
    {
        await using var test = await StartAsync(Rules(1));
        test.Client.Canary.Trip(Trip());
        test.Client.Canary.Move(Position(5, isPaused: true));

        await test.PlayAsync(Rules(2, attempt: 2));

        test.Answer().Should().Be(("on", EvaluationReason.Default));
        test.Control.State.Should().BeEquivalentTo(new { Trips = Array.Empty<GuardTrip>(), Ramps = Array.Empty<RampPosition>(), IsActive = false });
        test.Control.AuditTrail[0].Should().BeEquivalentTo(new { Kind = ControlActKind.GuardClosed, Guard = "errors", Reason = "Version 2 has attempt 2 of the flag.", ToVersion = 2L });
        test.Client.Canary.Trip(Trip("latency")).Should().BeFalse("outcomes of the attempt before count for nothing");
        test.Client.Canary.Move(Position(25)).Should().BeFalse();
        test.Client.Canary.Trip(Trip() with { Attempt = 2 }).Should().BeTrue();
    }

    [Fact]
    public async Task TripOfAHigherAttemptWaitsWhileAnOlderSnapshotIsHeld()
    {
        await using var test = await StartAsync(Rules(1), Rules(2, attempt: 2));
        test.Client.Canary.Trip(Trip() with { Attempt = 2 });
        test.Answer().Variant.Should().Be("off");

        await test.Control.StepBackAsync(Ada);
        test.Answer().Should().Be(("on", EvaluationReason.Default));
        test.Client.Canary.Trip(Trip() with { Served = "old" }).Should().BeTrue("it is the first of this attempt");
        test.Client.Canary.Trip(Trip("latency") with { Attempt = 2 }).Should().BeTrue("a late outcome is a proof all the same");
        test.Answer().Should().Be(("old", EvaluationReason.Guarded));
        test.Client.Canary.Trips.Should().HaveCount(3);

        await test.Control.ReleaseAsync(Ada);
        test.Answer().Should().Be(("off", EvaluationReason.Guarded));
        test.Client.Canary.Trips.Select(trip => trip.Attempt).Should().Equal(2, 2);
    }

    [Fact]
    public async Task HeldSnapshotIsGuardedAsOverridesAre()
    {
        await using var test = await StartAsync(Rules(1), Rules(2));
        await test.Control.StepBackAsync(Ada);

        test.Client.Canary.Trip(Trip());

        test.Answer().Should().Be(("off", EvaluationReason.Guarded));
        test.Control.AuditTrail[0].HeldVersion.Should().Be(1);
        await test.Control.ReleaseAsync(Ada);
        test.Answer().Should().Be(("off", EvaluationReason.Guarded));
    }

    [Fact]
    public async Task WarningChangesNothingAndComesOnceForAnAttempt()
    {
        await using var test = await StartAsync(Rules(1));
        var warning = Trip() with { Response = GuardResponse.Warn, Served = null };

        test.Client.Canary.Trip(warning).Should().BeTrue();
        test.Client.Canary.Trip(warning).Should().BeFalse();

        test.Answer().Should().Be(("on", EvaluationReason.Default));
        (test.Client.Canary.Trips.Count, test.Status.Control).Should().Be((0, null));
        test.Warnings.Should().ContainSingle(line => line.Id.Id == 519).Which.Message.Should().Contain("no answer changes");
        test.Control.AuditTrail.Should().ContainSingle().Which.ToVariant.Should().BeNull();
        (await test.Control.ResetGuardsAsync("f", Ada)).IsDone.Should().BeTrue();
        test.Client.Canary.Trip(warning).Should().BeTrue();
    }

    [Fact]
    public async Task ProbeServesAShareAndAllOthersAsBefore()
    {
        await using var test = await StartAsync(Rules(1));
        var waiting = Trip() with { NextProbe = test.Time.GetUtcNow().AddMinutes(5) };
        var probing = Trip() with { ProbePercent = 50, Probes = 1 };
        test.Client.Canary.Trip(waiting);

        test.Client.Canary.Probe(waiting, probing, "Five minutes are over").Should().BeTrue();

        var answers = Enumerable.Range(0, 1_000).Select(unit => test.Answer(new($"unit-{unit}"))).ToList();
        answers.Count(answer => answer.Variant == "on").Should().BeInRange(440, 560);
        answers.Should().OnlyContain(answer => answer.Reason == EvaluationReason.Guarded && (answer.Variant == "on" || answer.Variant == "off"));
        test.Answer(EvaluationContext.Empty).Should().Be(("off", EvaluationReason.Guarded), "a caller without a unit takes no part");
        test.Client.Canary.Probe(waiting, probing, "again").Should().BeFalse();
        test.Client.Canary.Close(waiting, "stale").Should().BeFalse();
        test.Client.Canary.Probe(probing, waiting with { Probes = 1 }, "It was bad again").Should().BeTrue();
        test.Answer(new("unit-1")).Variant.Should().Be("off");
        test.Acts().Should().Equal(ControlActKind.ProbeEnded, ControlActKind.ProbeBegun, ControlActKind.GuardTripped);
        test.Logs.GetSnapshot().Where(line => line.Id.Id is 521 or 522).Should().HaveCount(2).And.OnlyContain(line => line.Level == LogLevel.Information);
    }

    [Fact]
    public async Task ResetEndsTripsAndPositionsOfOneFlag()
    {
        await using var test = await StartAsync(Rules(1));
        var changes = new ConcurrentQueue<SnapshotChange>();
        using var subscription = test.Client.OnChange(changes.Enqueue);
        test.Client.Canary.Trip(Trip());
        test.Client.Canary.Trip(Trip("latency"));
        test.Client.Canary.Move(Position(5, isPaused: true));
        test.Client.Canary.Trip(Trip() with { Flag = "other" });

        var outcome = await test.Control.ResetGuardsAsync("f", Ada);

        outcome.Should().Be(new ControlOutcome(ControlResult.Done, "Flag 'f' is decided by its rules again: 2 trips of guards and 1 positions of rollouts ended. Its guards and gates begin anew."));
        test.Answer().Should().Be(("on", EvaluationReason.Default));
        test.Client.Canary.Trips.Should().ContainSingle().Which.Flag.Should().Be("other");
        test.Client.Canary.Ramps.Should().BeEmpty();
        await Until.HoldsAsync(() => changes.Any(change => change.Cause is { Kind: SnapshotChangeKind.Operator, Act: { Kind: ControlActKind.ResetGuards, By: "ada", Reason: "INC-1", Flag: "f" } }));
        test.Client.Canary.Trip(Trip()).Should().BeTrue("the guard begins anew");
    }

    [Fact]
    public async Task ResetWithoutATripSaysSo()
    {
        await using var test = await StartAsync(Rules(1));

        (await test.Control.ResetGuardsAsync("f", Ada)).Should().Be(new ControlOutcome(
            ControlResult.NothingToReset, "No guard of flag 'f' has tripped, and none of its rollouts has passed a gate or is paused."));
        test.Control.AuditTrail.Should().BeEmpty();
        await test.Invoking(it => it.Control.ResetGuardsAsync("", Ada)).Should().ThrowAsync<ArgumentException>();
    }

    [Fact]
    public async Task ClientThatEndedTakesNoActs()
    {
        var test = await StartAsync(Rules(1));
        var trip = Trip();
        test.Client.Canary.Trip(trip);
        await test.DisposeAsync();

        test.Client.Canary.Trip(Trip("latency")).Should().BeFalse();
        test.Client.Canary.Probe(trip, trip with { ProbePercent = 1 }, "").Should().BeFalse();
        test.Client.Canary.Close(trip, "").Should().BeFalse();
        test.Client.Canary.Move(Position(5)).Should().BeFalse();
        (await test.Control.ResetGuardsAsync("f", Ada)).Result.Should().Be(ControlResult.Closed);
        test.Answer().Should().Be((null, EvaluationReason.Closed));
    }

    [Fact]
    public async Task TripAllocatesNothingForEvaluations()
    {
        await using var test = await StartAsync(Rules(1));
        test.Client.Canary.Trip(Trip());

        Allocated.By(() => test.Client.GetString("f", EvaluationContext.Empty, "")).Should().Be(0);
    }

    private static async Task<ClientUnderTest> StartAsync(params Turn[] turns) => await new ClientUnderTest().PlayAsync(turns);
}

using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Tests.Canary;

/// <summary>A step with a gate is reached when its time has come and its guards are fine.</summary>
public sealed class RampGateTests : IDisposable
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly CanaryUnderTest _canary = new();

    public void Dispose() => _canary.Dispose();

    [Fact]
    public void StepIsReachedOnceItsTimeHasComeAndItsGuardIsFine()
    {
        _canary.Publish(Ramp(new() { Outcomes = 500 }));
        _canary.Ramp.Should().BeEquivalentTo(new { Percent = 5m, Next = 25m, NextAt = Some.Monday + Hour, Since = Some.Monday, WaitsFor = new[] { "guard 'errors': 0 of 500 outcomes" } });

        _canary.Good(500);
        _canary.Ramp.WaitsFor.Should().BeEmpty("it waits for its time alone");
        _canary.Wait(Hour - Second);
        _canary.Moved.Should().BeEmpty();
        _canary.Wait(Second);

        _canary.Moved.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Flag = "flag", Rule = (string?)null, Reached = 25m, IsPaused = false, Cause = "The gate of the step to 25 % opened: guard 'errors': fine." });
        (_canary.Ramp.Percent, _canary.Ramp.Next).Should().Be((25m, 100m));
    }

    [Fact]
    public void NoDataIsNotFine()
    {
        _canary.Publish(Ramp(new()));

        _canary.Wait(5 * Hour);

        _canary.Moved.Should().BeEmpty();
        _canary.Ramp.Should().BeEquivalentTo(new { Percent = 5m, WaitsFor = new[] { "guard 'errors': no outcomes" } });
    }

    [Theory]
    [InlineData(GuardPolicy.Pass, 25, false)]
    [InlineData(GuardPolicy.StepBack, 0, true)]
    public void PolicyForNoDataDecides(GuardPolicy policy, int reached, bool isPaused)
    {
        _canary.Publish(Ramp(new(), SomeGuard.Errors() with { NoData = policy }));

        _canary.Wait(Hour);

        _canary.Moved.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Reached = (decimal)reached, IsPaused = isPaused });
    }

    [Theory]
    [InlineData(GuardPolicy.Hold, 0)]
    [InlineData(GuardPolicy.Pass, 1)]
    [InlineData(GuardPolicy.StepBack, 1)]
    public void PolicyForInconclusiveDecides(GuardPolicy policy, int moves)
    {
        _canary.Publish(Ramp(new(), SomeGuard.Errors() with { Inconclusive = policy }));
        _canary.Good(100);
        _canary.Bad(2);

        _canary.Wait(Hour);

        _canary.Moved.Should().HaveCount(moves);
        _canary.Moved.Select(move => move.IsPaused).Should().AllBeEquivalentTo(policy == GuardPolicy.StepBack);
    }

    [Fact]
    public void BadGuardHoldsTheStepWhateverItsPolicies()
    {
        _canary.Publish(Ramp(new(), SomeGuard.Errors() with { NoData = GuardPolicy.Pass, Inconclusive = GuardPolicy.Pass }));
        _canary.Bad(50);

        _canary.Wait(Hour);

        _canary.Moved.Should().BeEmpty();
        _canary.Ramp.WaitsFor.Should().Equal("guard 'errors': bad");
    }

    [Fact]
    public void OnlyOutcomesSinceTheStepBeganCount()
    {
        _canary.Publish(Ramp(new() { Outcomes = 100 }, gateOfLast: new() { Outcomes = 100 }));
        _canary.Good(150);
        _canary.Wait(2 * Hour);
        (_canary.Ramp.Percent, _canary.Ramp.WaitsFor[0]).Should().Be((25m, "guard 'errors': 0 of 100 outcomes"));

        _canary.Good(100);
        _canary.Wait(Second);

        _canary.Moved.Select(move => move.Reached).Should().Equal(25, 100);
    }

    [Fact]
    public void MissedStepsFoldIntoOneAndAGateIsNeverSkipped()
    {
        var start = Some.Monday - (10 * Hour);
        _canary.Publish(Flag(new() { To = "on", Steps = [new(start, 5), new(start + Hour, 10), new(start + (2 * Hour), 25) { Gate = new() { Outcomes = 10 } }, new(start + (3 * Hour), 50), new(start + (4 * Hour), 100) { Gate = new() { Outcomes = 10 } }] }));
        _canary.Ramp.Percent.Should().Be(10, "two steps without gates are one");

        _canary.Good(10);
        _canary.Wait(Second);
        (_canary.Ramp.Percent, _canary.Moved.Count).Should().Be((50m, 1), "the step after the gate has none");
        _canary.Wait(Hour);
        _canary.Ramp.Percent.Should().Be(50, "the second gate has outcomes of its own");
        _canary.Good(10);
        _canary.Wait(Second);

        _canary.Ramp.Percent.Should().Be(100);
        _canary.Clock.Timers.Should().Be(0, "nothing is left to wait for");
    }

    [Fact]
    public void StepWithoutAGateAfterOneComesAtItsTime()
    {
        _canary.Publish(Flag(new() { To = "on", Steps = [new(Some.Monday, 5), new(Some.Monday + Hour, 25) { Gate = new() { Outcomes = 10 } }, new(Some.Monday + (2 * Hour), 100)] }));
        _canary.Good(10);
        _canary.Wait(Hour);
        _canary.Ramp.Percent.Should().Be(25);

        _canary.Wait(Hour);

        _canary.Ramp.Percent.Should().Be(100);
        _canary.Moved.Last().Cause.Should().Be("The time of the step to 100 % has come.");
    }

    [Fact]
    public void MinimumTimeAtTheStepBeforeHoldsIt()
    {
        _canary.Publish(Ramp(new() { MinimumTime = 3 * Hour }));
        _canary.Good(10);

        _canary.Wait((3 * Hour) - Second);
        _canary.Moved.Should().BeEmpty();
        _canary.Ramp.WaitsFor.Should().Equal("the minimum time at the step before: 0.02:59:59 of 0.03:00:00");
        _canary.Wait(Second);

        _canary.Moved.Should().ContainSingle();
    }

    [Fact]
    public void StepBeganBeforeARestartKeepsItsTime()
    {
        var start = Some.Monday - (2 * Hour);
        _canary.Publish(Flag(new() { To = "on", Steps = [new(start, 5), new(start + Hour, 25) { Gate = new() { MinimumTime = 3 * Hour } }] }));
        _canary.Good(10);

        _canary.Wait(Hour - Second);
        _canary.Moved.Should().BeEmpty();
        _canary.Wait(Second);

        _canary.Moved.Should().ContainSingle();
    }

    [Fact]
    public void GateThatStaysClosedStepsBackAfterItsTimeAndStaysThere()
    {
        _canary.Publish(Ramp(new() { Outcomes = 10 }, gateOfLast: new() { Outcomes = 100, StepBackAfter = 5 * Hour }));
        _canary.Good(10);
        _canary.Wait(Hour);
        _canary.Ramp.Percent.Should().Be(25);

        _canary.Wait(5 * Hour - Second);
        _canary.Ramp.IsPaused.Should().BeFalse();
        _canary.Wait(Second);
        _canary.Good(1_000);
        _canary.Wait(TimeSpan.FromDays(1));

        _canary.Moved.Should().HaveCount(2);
        _canary.Ramp.Should().BeEquivalentTo(new { Percent = 5m, IsPaused = true, WaitsFor = Array.Empty<string>() });
        _canary.Moved.Last().Cause.Should().Be("The gate of the step to 100 % did not open: guard 'errors': 0 of 100 outcomes.");
        _canary.Clock.Timers.Should().Be(0);
    }

    [Fact]
    public void NoGateOpensInABlackout()
    {
        var blackout = new ScheduleCondition { From = new(14, 0), To = new(16, 0) };
        _canary.Publish(Flag(new() { To = "on", Blackouts = [blackout], Steps = [new(Some.Monday, 5), new(Some.Monday + Hour, 25) { Gate = new() { Outcomes = 10 } }] }));
        _canary.Wait(2 * Hour);
        _canary.Good(10);

        _canary.Wait((2 * Hour) - Second);
        _canary.Moved.Should().BeEmpty();
        _canary.Ramp.WaitsFor.Should().Equal("the end of a blackout");
        _canary.Wait(Second);

        _canary.Moved.Should().ContainSingle();
    }

    [Fact]
    public void NamedGuardsAloneAreNeeded()
    {
        _canary.Publish(Ramp(new() { Guards = ["errors"] }, SomeGuard.Errors(), SomeGuard.Errors("other") with { Kind = GuardKind.Metric, Metric = "stars", Below = 3 }, SomeGuard.Errors("dry") with { DryRun = true, Against = "off", Limit = null }));
        _canary.Good(10);

        _canary.Wait(Hour);

        _canary.Moved.Should().ContainSingle();
    }

    [Fact]
    public void GuardInADryRunIsNotNeeded()
    {
        _canary.Publish(Ramp(new() { MinimumTime = Hour }, SomeGuard.Errors() with { DryRun = true }));

        _canary.Wait(Hour);

        _canary.Moved.Should().ContainSingle();
    }

    [Fact]
    public void LifetimeBeginsAnewAtEachStep()
    {
        _canary.Publish(Ramp(null, SomeGuard.Errors() with { Mode = GuardMode.Lifetime }));
        _canary.Good(100);
        _canary.Guard.Outcomes.Should().Be(100);

        _canary.Wait(Hour);

        (_canary.Guard.Outcomes, _canary.Ramp.Percent).Should().Be((0, 25m));
    }

    [Fact]
    public void PausedRampWaitsForNothing()
    {
        _canary.Publish(Ramp(new()));

        _canary.Move(new() { Flag = "flag", Reached = 5, IsPaused = true, Cause = "test", Since = Some.Monday });
        _canary.Good(1_000);
        _canary.Wait(2 * Hour);

        (_canary.Moved.Count, _canary.Clock.Timers, _canary.Ramp.IsPaused).Should().Be((1, 0, true));
        _canary.Services.NotesOn("flag").Should().Equal("the rollout is paused at 5 %");
    }

    [Fact]
    public void NotesSayWhatAStepWaitsForAndWhatTripped()
    {
        _canary.Publish(Ramp(new() { Outcomes = 500 }));
        _canary.Services.NotesOn("flag").Should().Equal("the step to 25 % waits for guard 'errors': 0 of 500 outcomes");

        _canary.Bad(50);

        _canary.Services.NotesOn("flag").Should().HaveCount(2).And.Contain(note => note.StartsWith("guard 'errors' tripped: "));
        _canary.Services.NotesOn("other").Should().BeEmpty();
    }

    private static FlagDefinition Ramp(GateDefinition? gate, params GuardDefinition[] guards) => Ramp(gate, gateOfLast: null, guards);

    private static FlagDefinition Ramp(GateDefinition? gate, GateDefinition? gateOfLast, params GuardDefinition[] guards) =>
        Flag(new() { To = "on", Steps = [new(Some.Monday, 5), new(Some.Monday + Hour, 25) { Gate = gate }, new(Some.Monday + TimeSpan.FromHours(2), 100) { Gate = gateOfLast ?? new() { Outcomes = 1_000_000 } }] }, guards);

    private static FlagDefinition Flag(RolloutOutcome rollout, params GuardDefinition[] guards) =>
        Some.Flag() with { Default = rollout with { Else = "off" }, Guards = guards.Length == 0 ? [SomeGuard.Errors()] : guards };
}

using Microsoft.Extensions.Time.Testing;
using ProgressiveDelivery.Sdk.Compilation;
using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Evaluation.Outcomes;

namespace ProgressiveDelivery.Sdk.Tests.Compilation;

/// <summary>Rollouts with gates, and under positions.</summary>
public sealed class RampTests
{
    private static readonly long Now = Some.Monday.UtcTicks;

    private static readonly GateDefinition Gate = new() { Guards = ["errors"], Outcomes = 500 };

    private static readonly RolloutOutcome Gated = Steps(Step(-5, 1), Step(-4, 10, Gate), Step(-3, 25), Step(-2, 50, Gate), Step(5, 100));

    private static readonly RampPosition Position = new() { Flag = "flag", Reached = 10, Cause = "the gate opened", Since = Some.Monday.AddDays(-1) };

    [Theory]
    [InlineData(null, 1, 0)]
    [InlineData(0.0, 1, 0)]
    [InlineData(9.9, 1, 0)]
    [InlineData(10.0, 10, 1)]
    [InlineData(24.0, 10, 1)]
    [InlineData(25.0, 25, 2)]
    [InlineData(100.0, 50, 3)]
    public void StepsFromAGateOnAreReachedAsFarAsThePositionIs(double? reached, double percent, int place)
    {
        var share = Ramp(Gated, reached is { } at ? Position with { Reached = (decimal)at } : null).Share;

        share.PercentAt(Now).Should().Be((decimal)percent);
        share.ReachedAt(Now).Should().Be(place);
        share.NextAt(Now).Should().BeSameAs(share.Steps[place + 1]);
        share.Steps.Select(step => step.IsClosed).Should().Equal(share.Steps.Select((step, i) => i > 0 && !(step.Percent <= (decimal?)reached)));
    }

    [Fact]
    public void SupervisionIsToldWhereTheRampIsAndSinceWhen()
    {
        var closed = Ramp(Gated, null).Share;
        var open = Ramp(Gated, Position).Share;

        closed.SinceAt(Now).Should().Be(Some.Monday.AddDays(-5).UtcTicks, "the step without a gate was reached at its time");
        open.SinceAt(Now).Should().Be(Position.Since.UtcTicks, "the gate opened later than the step's time");
        open.Steps[1].Gate.Should().Be(Gate);
        open.NextAt(Now).Should().Match<RampStep>(next => next.Percent == 25 && next.IsClosed && next.Gate == null && next.At < Now);
        Ramp(Gated, Position with { Reached = 100 }).Share.NextAt(Now).Should().Match<RampStep>(next => next.Percent == 100 && !next.IsClosed && next.At > Now);
        closed.ReachedAt(Some.Monday.AddDays(-6).UtcTicks).Should().Be(-1);
        closed.SinceAt(Some.Monday.AddDays(-6).UtcTicks).Should().BeNull();
        Ramp(Gated, Position with { Reached = 100 }).Share.NextAt(Some.Monday.AddDays(6).UtcTicks).Should().BeNull();
    }

    [Fact]
    public void StepThatLowersTheShareIsReachedWhateverItsGateSays()
    {
        var ramp = Steps(Step(-5, 20), Step(-4, 50, Gate), Step(-3, 5, Gate), Step(-2, 80));

        Ramp(ramp, null).Share.PercentAt(Now).Should().Be(5);
        Ramp(ramp, null).Share.Steps.Select(step => step.IsClosed).Should().Equal(false, true, false, true);
        Ramp(ramp, Position with { Reached = 80 }).Share.PercentAt(Now).Should().Be(80);
    }

    [Theory]
    [InlineData(0.0, 0)]
    [InlineData(3.5, 3.5)]
    [InlineData(10.0, 10)]
    [InlineData(60.0, 40)]
    [InlineData(-5.0, 0)]
    [InlineData(1e20, 40)]
    public void PausedRolloutNeverExceedsItsPosition(double reached, double percent)
    {
        var paused = Position with { Reached = (decimal)reached, IsPaused = true };
        RolloutOutcome[] rollouts = [Some.Rollout(40), Steps(Step(-5, 40)), Steps(Step(-1, 0), Step(1, 80)) with { Curve = RolloutCurve.Linear }];

        foreach (var rollout in rollouts)
        {
            var ramp = Ramp(rollout, paused);
            ramp.Share.PercentAt(Now).Should().Be((decimal)percent);
            ramp.Share.IsPaused.Should().BeTrue();
        }
    }

    [Fact]
    public void PositionOfAnEarlierAttemptHasNoEffect()
    {
        var flag = Some.Flag() with { Default = Gated, Guards = [Some.Guard("errors")], Attempt = 2 };

        Compile(flag, Position with { Attempt = 1 }).Find("flag")!.Ramps[0].Share.PercentAt(Now).Should().Be(1);
        Compile(flag, Position with { Attempt = 1, IsPaused = true, Reached = 0 }).Find("flag")!.Ramps[0].Share.PercentAt(Now).Should().Be(1);
        Compile(flag, Position with { Attempt = 2 }).Find("flag")!.Ramps[0].Share.PercentAt(Now).Should().Be(10);
    }

    [Fact]
    public void PositionIsThatOfOneRule()
    {
        var flag = Some.Flag().When(null, Gated, "canary").When(null, Gated) with { Default = Gated, Guards = [Some.Guard("errors")] };

        Shares(flag, Position).Should().Equal(("canary", 1), ("#2", 1), (null, 10));
        Shares(flag, Position with { Rule = "canary" }).Should().Equal(("canary", 10), ("#2", 1), (null, 1));
        Shares(flag, Position with { Rule = "#2" }).Should().Equal(("canary", 1), ("#2", 10), (null, 1));

        static IEnumerable<(string?, decimal)> Shares(FlagDefinition flag, RampPosition position) =>
            Compile(flag, position).Find("flag")!.Ramps.Select(ramp => (ramp.Rule, ramp.Share.PercentAt(Now)));
    }

    [Fact]
    public void RampsAreTheRolloutsThatChangeOrMayBePaused()
    {
        var flag = Some.Flag().When(null, Some.Rollout(5), "fixed").When(null, Gated, "gated").When(null, "on") with { Guards = [Some.Guard("errors")] };

        Compile(flag).Find("flag")!.Ramps.Select(ramp => (ramp.Rule, ramp.Definition)).Should().Equal(("gated", Gated));
        Compile(flag, Position with { Rule = "fixed", IsPaused = true }).Find("flag")!.Ramps.Select(ramp => ramp.Rule).Should().Equal("fixed", "gated");
        Compile(flag with { Guards = [Some.Guard("errors") with { Then = GuardResponse.Pause }] }).Find("flag")!.Ramps.Select(ramp => ramp.Rule).Should().Equal("fixed", "gated");
    }

    [Fact]
    public void PositionCompilesItsFlagAndNoOther()
    {
        var before = Some.Snapshot(Some.Flag() with { Default = Gated, Guards = [Some.Guard("errors")] }, Some.Flag("other")).Compile();
        var overlay = LocalOverlay.None.With(Position);

        var moved = SnapshotRecompiler.Recompile(before.State, overlay);
        var ended = SnapshotRecompiler.Recompile(moved.State, overlay.WithoutRamp("flag", null));

        moved.Rules.Find("flag")!.Ramps[0].Share.PercentAt(Now).Should().Be(10);
        moved.Rules.Find("other").Should().BeSameAs(before.Rules.Find("other"));
        ended.Rules.Find("flag")!.Ramps[0].Share.PercentAt(Now).Should().Be(1);
        LocalOverlay.Difference(LocalOverlay.None, overlay).Should().Equal("flag");
        overlay.IsSameAs(LocalOverlay.None.With(Position with { Cause = Position.Cause })).Should().BeTrue();
        overlay.WithoutRamp("flag", "other").Should().BeSameAs(overlay);
        overlay.With(Position with { Reached = 25 }).With(Position with { Rule = "a" }).RampsOf("flag").Select(known => (known.Rule, known.Reached)).Should().Equal((null, 25m), ("a", 10m));
    }

    [Theory]
    [InlineData(null, false, "held by the gate of the step to 10 %")]
    [InlineData(10.0, false, "held after a gate, before the step to 25 %")]
    [InlineData(25.0, false, "held by the gate of the step to 50 %")]
    [InlineData(100.0, false, null)]
    [InlineData(5.0, true, "held by the gate of the step to 10 %")]
    [InlineData(0.5, true, "paused")]
    public void ExplanationSaysWhatHoldsTheShare(double? reached, bool paused, string? hold)
    {
        var overlay = reached is { } at ? LocalOverlay.None.With(Position with { Reached = (decimal)at, IsPaused = paused }) : LocalOverlay.None;
        var rules = SnapshotCompiler.Compile(Some.Snapshot(Some.Flag() with { Default = Gated, Guards = [Some.Guard("errors")] }), new(), overlay).Rules;
        var flags = new ProgressiveDelivery.Sdk.Snapshots.FeatureSnapshot(rules, SnapshotOrigin.Source, Some.Services(new FakeTimeProvider(Some.Monday)));

        flags.Explain("flag", new("u")).Steps[^1].Steps.Should().ContainSingle(step => step.Kind == ExplanationKind.Rollout).Which.Detail.Should().Be(hold);
    }

    [Theory]
    [InlineData("unknown", "names guard 'unknown', which the flag does not have")]
    [InlineData("faulty", "needs guard 'faulty', which is left out")]
    [InlineData(null, "needs all guards of the flag, of which one is left out")]
    public void GateThatCannotBeJudgedStaysClosed(string? guard, string wrong)
    {
        var gate = new GateDefinition { Guards = guard is null ? null : [guard] };
        var flag = Some.Flag() with { Default = Steps(Step(-5, 1), Step(-4, 10, gate)), Guards = [Some.Guard("errors"), Some.Guard("faulty") with { Limit = 2 }] };

        ShouldStayClosed(flag, wrong);
    }

    [Fact]
    public void GateThatMakesNoSenseStaysClosed()
    {
        (GateDefinition, string)[] gates =
        [
            (new(), "has neither a guard nor a 'minimumTime' to wait for"),
            (new() { Guards = [] }, "has neither a guard nor a 'minimumTime' to wait for"),
            (new() { Guards = ["dry"] }, "has neither a guard nor a 'minimumTime' to wait for"),
            (new() { Outcomes = 5, MinimumTime = TimeSpan.FromHours(1) }, "waits for outcomes, and no guard of it counts them"),
            (new() { MinimumTime = TimeSpan.FromHours(-1) }, "has 'outcomes' or a 'minimumTime' below 0"),
            (new() { Outcomes = -1 }, "has 'outcomes' or a 'minimumTime' below 0"),
            (new() { MinimumTime = TimeSpan.FromHours(1), StepBackAfter = TimeSpan.FromHours(1) }, "steps back before it may open"),
        ];

        foreach (var (gate, wrong) in gates)
            ShouldStayClosed(Some.Flag() with { Default = Steps(Step(-5, 1), Step(-4, 10, gate)), Guards = [Some.Guard("dry") with { DryRun = true }] }, wrong);
    }

    [Fact]
    public void GateOfALinearRolloutStaysClosedAndTheShareDoesNotCreepPastIt()
    {
        var linear = Steps(Step(-5, 1), Step(5, 50, Gate)) with { Curve = RolloutCurve.Linear };
        var result = Some.Snapshot(Some.Flag() with { Default = linear, Guards = [Some.Guard("errors")] }).Compile();

        result.Diagnostics.Should().ContainSingle().Which.Should().Match<SnapshotDiagnostic>(found => found.Id == DiagnosticId.InvalidGate && found.Message.Contains("curve 'linear'"));
        result.Rules.Find("flag")!.Ramps[0].Share.PercentAt(Now).Should().Be(1);
        result.Rules.Find("flag")!.Ramps[0].Share.PercentAt(Some.Monday.AddYears(1).UtcTicks).Should().Be(1);
    }

    [Fact]
    public void GateOfTimeAloneIsSound() =>
        Some.Snapshot(Some.Flag() with { Default = Steps(Step(-5, 1), Step(-4, 10, new() { MinimumTime = TimeSpan.FromHours(1), StepBackAfter = TimeSpan.FromHours(2) })) }).Compile().Diagnostics.Should().BeEmpty();

    private static void ShouldStayClosed(FlagDefinition flag, string wrong)
    {
        var result = Some.Snapshot(flag).Compile();
        var found = result.Diagnostics.Should().ContainSingle(fault => fault.Id == DiagnosticId.InvalidGate).Subject;

        found.Should().Match<SnapshotDiagnostic>(fault => fault.Severity == DiagnosticSeverity.Warning && fault.Path == "$.flags['flag'].default.rollout.steps[1].gate");
        found.Message.Should().Contain(wrong);
        var compiled = result.Rules.Find("flag")!;
        compiled.IsQuarantined.Should().BeFalse();
        compiled.Ramps[0].Share.Steps[1].Should().Match<RampStep>(step => step.IsClosed && step.IsFaulty);
        compiled.Ramps[0].Share.PercentAt(Now).Should().Be(1);
    }

    private static CompiledRamp Ramp(RolloutOutcome rollout, RampPosition? position) =>
        Compile(Some.Flag() with { Default = rollout, Guards = [Some.Guard("errors")] }, position).Find("flag")!.Ramps.Should().ContainSingle().Subject;

    private static Ruleset Compile(FlagDefinition flag, RampPosition? position = null)
    {
        var result = SnapshotCompiler.Compile(Some.Snapshot(flag), new(), position is null ? LocalOverlay.None : LocalOverlay.None.With(position));
        result.Diagnostics.Should().BeEmpty();
        return result.Rules;
    }

    private static RolloutOutcome Steps(params RolloutStep[] steps) => new() { To = "on", Steps = steps };

    private static RolloutStep Step(int day, decimal percent, GateDefinition? gate = null) => new(Some.Monday.AddDays(day), percent) { Gate = gate };
}

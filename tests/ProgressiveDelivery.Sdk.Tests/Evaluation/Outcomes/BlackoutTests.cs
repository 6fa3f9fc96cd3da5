using System.Diagnostics;
using System.Globalization;
using CsCheck;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Evaluation.Conditions;
using ProgressiveDelivery.Sdk.Evaluation.Outcomes;

namespace ProgressiveDelivery.Sdk.Tests.Evaluation.Outcomes;

/// <summary>Steps of a rollout that fall into its blackouts.</summary>
public sealed class BlackoutTests
{
    private const string Amsterdam = "Europe/Amsterdam";

    private static readonly string[] Zones = [Amsterdam, "America/St_Johns", "Australia/Lord_Howe", "UTC"];

    private static readonly ScheduleCondition FridayAfternoon = new() { Days = [DayOfWeek.Friday], From = new(16, 0), TimeZone = Amsterdam };

    [Theory]
    [InlineData("2026-11-27T14:59:59Z", "2026-11-27T14:59:59Z")]
    [InlineData("2026-11-27T15:00:00Z", "2026-11-27T23:00:00Z")]
    [InlineData("2026-11-27T22:59:59Z", "2026-11-27T23:00:00Z")]
    [InlineData("2026-11-27T23:00:00Z", "2026-11-27T23:00:00Z")]
    [InlineData("2026-07-31T14:00:00Z", "2026-07-31T22:00:00Z")]
    public void StepThatFallsIntoABlackoutIsReachedAtItsEnd(string at, string reached)
    {
        var share = Share([FridayAfternoon], (at, 10));

        share.Threshold(Ticks(reached) - 1).Should().Be(0);
        share.Threshold(Ticks(reached)).Should().Be(100_000);
        share.Steps[0].Should().Match<RampStep>(step => step.At == Ticks(reached) && step.Planned == Ticks(at) && !step.IsClosed);
    }

    /// <summary>The clock of Amsterdam jumps from 2:00 to 3:00 on 29 March 2026, and from 3:00 back to 2:00 on 25 October.</summary>
    [Theory]
    [InlineData("01:00", "02:30", "2026-03-29T00:30:00Z", "2026-03-29T01:00:00Z")]
    [InlineData("02:15", "02:45", "2026-03-29T00:30:00Z", "2026-03-29T00:30:00Z")]
    [InlineData("01:00", "03:30", "2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z")]
    [InlineData("01:00", "02:30", "2026-10-24T23:30:00Z", "2026-10-25T00:30:00Z")]
    [InlineData("02:15", "03:30", "2026-10-25T00:20:00Z", "2026-10-25T01:00:00Z")]
    [InlineData("01:00", "03:30", "2026-10-24T23:30:00Z", "2026-10-25T02:30:00Z")]
    [InlineData("22:00", "06:00", "2026-03-28T21:30:00Z", "2026-03-29T04:00:00Z")]
    [InlineData("22:00", "06:00", "2026-10-24T20:30:00Z", "2026-10-25T05:00:00Z")]
    public void EndIsRightWhereTheClockJumps(string from, string to, string at, string reached)
    {
        var share = Share([new() { From = TimeOnly.Parse(from, CultureInfo.InvariantCulture), To = TimeOnly.Parse(to, CultureInfo.InvariantCulture), TimeZone = Amsterdam }], (at, 10));

        share.Steps[0].At.Should().Be(Ticks(reached));
    }

    [Fact]
    public void BlackoutsThatFollowEachOtherAreOne()
    {
        ScheduleCondition[] weekend = [FridayAfternoon, new() { Days = [DayOfWeek.Saturday, DayOfWeek.Sunday], TimeZone = Amsterdam }, new() { Days = [DayOfWeek.Monday], To = new(9, 0), TimeZone = Amsterdam }];

        Share(weekend, ("2026-11-27T16:00:00Z", 10)).Steps[0].At.Should().Be(Ticks("2026-11-30T08:00:00Z"));
    }

    [Fact]
    public void StepsOfOneBlackoutFoldIntoTheLast()
    {
        var share = Share([FridayAfternoon], ("2026-11-27T12:00:00Z", 1), ("2026-11-27T16:00:00Z", 10), ("2026-11-27T18:00:00Z", 20));

        share.PercentAt(Ticks("2026-11-27T22:59:59Z")).Should().Be(1);
        share.PercentAt(Ticks("2026-11-27T23:00:00Z")).Should().Be(20);
        share.ReachedAt(Ticks("2026-11-27T23:00:00Z")).Should().Be(2);
    }

    [Fact]
    public void StepThatLowersTheShareDoesNotWaitAndIsTheLastWord()
    {
        var share = Share([FridayAfternoon], ("2026-11-27T12:00:00Z", 10), ("2026-11-27T16:00:00Z", 50), ("2026-11-27T18:00:00Z", 5));

        share.PercentAt(Ticks("2026-11-27T17:59:59Z")).Should().Be(10);
        share.PercentAt(Ticks("2026-11-27T18:00:00Z")).Should().Be(5);
        share.PercentAt(Ticks("2026-11-28T18:00:00Z")).Should().Be(5);
    }

    [Fact]
    public void LowerStepInABlackoutIsNoStepDownFromOneThatWaitsForItsEnd()
    {
        var share = Share([FridayAfternoon], ("2026-11-27T12:00:00Z", 1), ("2026-11-27T16:00:00Z", 50), ("2026-11-27T18:00:00Z", 20));

        share.PercentAt(Ticks("2026-11-27T22:59:59Z")).Should().Be(1);
        share.PercentAt(Ticks("2026-11-27T23:00:00Z")).Should().Be(20);
    }

    [Fact]
    public void BlackoutsThatLeaveNoTimeKeepTheStepFromEverBeingReached()
    {
        ScheduleCondition[][] endless =
        [
            [new()],
            [new() { To = new(12, 0) }, new() { From = new(12, 0) }],
            [new() { Days = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday] }, new() { Days = [DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday] }],
        ];

        foreach (var blackouts in endless)
        {
            var result = Compile(Ramp(blackouts, ("2026-11-27T12:00:00Z", 10), ("2026-11-28T12:00:00Z", 20)));

            result.Diagnostics.Should().ContainSingle().Which.Should().Match<SnapshotDiagnostic>(found =>
                found.Id == DiagnosticId.InvalidBlackout && found.Severity == DiagnosticSeverity.Warning && found.Path == "$.flags['flag'].default.rollout.steps[0]");
            result.Rules.Find("flag")!.Ramps[0].Share.Threshold(DateTime.MaxValue.Ticks).Should().Be(0);
        }
    }

    [Fact]
    public void UnusableBlackoutsAreWarnings()
    {
        var (steps, late) = (Ramp([FridayAfternoon], ("2026-11-27T12:00:00Z", 10)), DateTime.MaxValue.Ticks);

        ShouldWarn(steps with { Curve = RolloutCurve.Linear }, DiagnosticId.InvalidBlackout, ".blackouts").Threshold(late).Should().Be(0);
        ShouldWarn(steps with { Blackouts = [FridayAfternoon, FridayAfternoon with { TimeZone = "Europe/Amsterdom" }] }, DiagnosticId.InvalidTime, ".blackouts[1]").Threshold(late).Should().Be(0);
        ShouldWarn(steps with { Blackouts = [.. Enumerable.Repeat(FridayAfternoon, 33)] }, DiagnosticId.InvalidBlackout, ".blackouts").Threshold(late).Should().Be(0);
        Compile(steps with { Steps = null, Percent = 50 }).Diagnostics.Should().ContainSingle().Which.Id.Should().Be(DiagnosticId.InvalidBlackout);
    }

    [Fact]
    public void HostileBlackoutsEndTheirWorkSoon()
    {
        ScheduleCondition[] hours = [.. Enumerable.Range(0, 31).Select(i => new ScheduleCondition { From = new(i / 2, i % 2 * 30), To = new((i + 1) / 2, (i + 1) % 2 * 30), TimeZone = Amsterdam })];
        var ramp = Ramp([]) with
        {
            Blackouts = [.. hours, new() { From = new(15, 30), TimeZone = Amsterdam }],
            Steps = [.. Enumerable.Range(1, 50_000).Select(i => new RolloutStep(Some.Monday.AddDays(i), i / 1_000m))],
        };
        var watch = Stopwatch.StartNew();

        Compile(ramp).Diagnostics.Should().ContainSingle();

        watch.Elapsed.Should().BeLessThan(TimeSpan.FromMinutes(1), "it is a matter of a second");
    }

    [Fact]
    public void GatesCanAskWhetherItIsABlackout()
    {
        var share = Share([FridayAfternoon], ("2026-11-01T12:00:00Z", 10));

        share.IsInBlackout(Ticks("2026-11-27T15:00:00Z")).Should().BeTrue();
        share.IsInBlackout(Ticks("2026-11-27T14:59:59Z")).Should().BeFalse();
        new RolloutShare(10).IsInBlackout(0).Should().BeFalse();
    }

    /// <summary>The end is the first time outside: none before it is, as a walk by minutes finds.</summary>
    [Fact]
    public void EndIsTheFirstTimeOutside() =>
        Gen.Select(Gen.Int[0, 127], Gen.Int[0, 95], Gen.Int[0, 96], Gen.Int[0, Zones.Length - 1], Gen.Int[0, 2 * 366 * 24 * 60]).Sample((days, from, to, zone, minute) =>
        {
            const long quarter = 15 * TimeSpan.TicksPerMinute;
            var hours = new WeeklyHours((byte)days, from * quarter, to * quarter, TimeZoneInfo.FindSystemTimeZoneById(Zones[zone]));
            var start = Ticks("2026-01-01T00:00:00Z") + (minute * TimeSpan.TicksPerMinute);
            if (!hours.Include(start))
                return true;

            var end = hours.EndAfter(start);
            var last = end ?? start + (7 * TimeSpan.TicksPerDay);
            for (var time = start; time < last; time += TimeSpan.TicksPerMinute)
            {
                if (!hours.Include(time))
                    return false;
            }

            return end is null || (!hours.Include(end.Value) && hours.Include(end.Value - 1));
        }, iter: 400, threads: 1);

    private static RolloutShare ShouldWarn(RolloutOutcome ramp, string id, string path)
    {
        var result = Compile(ramp);
        result.Diagnostics.Should().ContainSingle().Which.Should().Match<SnapshotDiagnostic>(found =>
            found.Id == id && found.Severity == DiagnosticSeverity.Warning && found.Path == "$.flags['flag'].default.rollout" + path);
        return result.Rules.Find("flag")!.Ramps[0].Share;
    }

    private static RolloutShare Share(ScheduleCondition[] blackouts, params (string At, decimal Percent)[] steps)
    {
        var result = Compile(Ramp(blackouts, steps));
        result.Diagnostics.Should().BeEmpty();
        return result.Rules.Find("flag")!.Ramps.Should().ContainSingle().Subject.Share;
    }

    private static Sdk.Compilation.CompilationResult Compile(RolloutOutcome ramp) => Some.Snapshot(Some.Flag() with { Default = ramp }).Compile();

    private static RolloutOutcome Ramp(ScheduleCondition[] blackouts, params (string At, decimal Percent)[] steps) =>
        new() { To = "on", Blackouts = blackouts, Steps = [.. steps.Select(step => new RolloutStep(new(Ticks(step.At), TimeSpan.Zero), step.Percent))] };

    private static long Ticks(string instant) => DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture).UtcTicks;
}

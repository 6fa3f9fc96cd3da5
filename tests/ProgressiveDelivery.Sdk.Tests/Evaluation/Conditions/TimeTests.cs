using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.Tests.Evaluation.Conditions;

public sealed class TimeTests
{
    private static readonly TimeOnly Nine = new(9, 0), Five = new(17, 0), Ten = new(22, 0), Six = new(6, 0);

    [Theory]
    [InlineData("2026-11-23T08:59:59.9999999Z", false)]
    [InlineData("2026-11-23T09:00:00Z", true)]
    [InlineData("2026-11-23T16:59:59.9999999Z", true)]
    [InlineData("2026-11-23T17:00:00Z", false)]
    [InlineData("2026-11-24T12:00:00Z", false)]
    public void ScheduleIncludesItsStartAndExcludesItsEnd(string now, bool holds) =>
        Holds(new ScheduleCondition { Days = [DayOfWeek.Monday], From = Nine, To = Five }, now).Should().Be(holds);

    [Theory]
    [InlineData("2026-11-23T22:00:00Z", true)]
    [InlineData("2026-11-24T05:59:59Z", true)]
    [InlineData("2026-11-24T06:00:00Z", false)]
    [InlineData("2026-11-24T22:00:00Z", false)]
    [InlineData("2026-11-23T05:00:00Z", false)]
    public void HoursPastMidnightBelongToTheDayTheyStart(string now, bool holds) =>
        Holds(new ScheduleCondition { Days = [DayOfWeek.Monday], From = Ten, To = Six }, now).Should().Be(holds);

    [Theory]
    [InlineData("2026-11-23T09:00:00Z", true)]
    [InlineData("2026-11-24T08:59:59Z", true)]
    [InlineData("2026-11-24T09:00:00Z", false)]
    [InlineData("2026-11-23T08:59:59Z", false)]
    public void EqualHoursAreAWholeDayFromThere(string now, bool holds) =>
        Holds(new ScheduleCondition { Days = [DayOfWeek.Monday], From = Nine, To = Nine }, now).Should().Be(holds);

    [Theory]
    [InlineData("2026-03-29T00:59:59Z", false)]
    [InlineData("2026-03-29T01:00:00Z", true)]
    [InlineData("2026-10-25T00:30:00Z", false)]
    [InlineData("2026-10-25T02:00:00Z", true)]
    public void ZonesKeepTheirSummerTime(string now, bool holds) =>
        // 03:00 in Amsterdam: an hour that comes an hour sooner in spring and a second time in autumn.
        Holds(new ScheduleCondition { From = new(3, 0), To = new(4, 0), TimeZone = "Europe/Amsterdam" }, now).Should().Be(holds);

    [Theory]
    [InlineData("Asia/Kathmandu", "2026-11-23T18:14:59Z", false)]
    [InlineData("Asia/Kathmandu", "2026-11-23T18:15:00Z", true)]
    [InlineData("Pacific/Kiritimati", "2026-11-23T10:00:00Z", true)]
    [InlineData("Pacific/Pago_Pago", "2026-11-24T10:59:59Z", false)]
    [InlineData("Etc/GMT+5", "2026-11-24T05:00:00Z", true)]
    public void DaysAreThoseOfTheZone(string zone, string now, bool holds) =>
        Holds(new ScheduleCondition { Days = [DayOfWeek.Tuesday], TimeZone = zone }, now).Should().Be(holds);

    [Fact]
    public void AbsentMembersMeanAll()
    {
        Holds(new ScheduleCondition(), "2026-11-23T12:00:00Z").Should().BeTrue();
        Holds(new ScheduleCondition { Days = [] }, "2026-11-23T12:00:00Z").Should().BeFalse();
        Holds(new ScheduleCondition { From = Nine }, "2026-11-23T23:59:59Z").Should().BeTrue();
        Holds(new ScheduleCondition { To = Nine }, "2026-11-23T00:00:00Z").Should().BeTrue();
        Holds(new ScheduleCondition { To = Nine }, "2026-11-23T09:00:00Z").Should().BeFalse();
    }

    [Theory]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59Z")]
    public void EndsOfTimeDoNotThrow(string now)
    {
        foreach (var zone in new[] { "Pacific/Kiritimati", "Pacific/Pago_Pago" })
            Holds(new ScheduleCondition { TimeZone = zone }, now).Should().BeTrue();
        Holds(new BetweenCondition(), now).Should().BeTrue();
    }

    [Fact]
    public void WindowIncludesItsStartAndExcludesItsEndAndMayBeOpen()
    {
        var from = Some.Monday;
        var window = new BetweenCondition { From = from, To = from.AddHours(1) };

        HoldsAt(window, from.AddTicks(-1)).Should().BeFalse();
        HoldsAt(window, from).Should().BeTrue();
        HoldsAt(window, from.AddHours(1).AddTicks(-1)).Should().BeTrue();
        HoldsAt(window, from.AddHours(1)).Should().BeFalse();
        HoldsAt(new BetweenCondition { To = from }, from).Should().BeFalse();
        HoldsAt(new BetweenCondition { From = from }, from).Should().BeTrue();
        HoldsAt(new BetweenCondition { From = from.AddHours(1), To = from }, from.AddMinutes(30)).Should().BeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("\0")]
    [InlineData("Europe/Amsterdam\0")]
    [InlineData("..")]
    [InlineData("../../etc/hostname")]
    [InlineData("/etc/hostname")]
    [InlineData("/dev/zero")]
    [InlineData("/proc/self/environ")]
    [InlineData("Europe")]
    [InlineData("Local")]
    [InlineData("europe/amsterdam ")]
    public void NameThatIsNoZoneIsMalformed(string zone) =>
        Some.Snapshot(Some.Flag().When(new ScheduleCondition { TimeZone = zone })).Compile().Diagnostics
            .Should().ContainSingle().Which.Id.Should().Be(DiagnosticId.InvalidTime);

    [Theory]
    [InlineData(RolloutCurve.Step, 0, "0")]
    [InlineData(RolloutCurve.Step, 1, "10")]
    [InlineData(RolloutCurve.Step, 2, "10")]
    [InlineData(RolloutCurve.Step, 3, "20.5")]
    [InlineData(RolloutCurve.Linear, 0, "0")]
    [InlineData(RolloutCurve.Linear, 1, "10")]
    [InlineData(RolloutCurve.Linear, 2, "15.25")]
    [InlineData(RolloutCurve.Linear, 3, "20.5")]
    [InlineData(RolloutCurve.Linear, 9, "20.5")]
    public void RampAdmitsAsItsStepsSay(RolloutCurve curve, int hours, string percent)
    {
        var ramp = new RolloutOutcome { To = "on", Steps = [new(Some.Monday.AddHours(1), 10), new(Some.Monday.AddHours(3), 20.5m)], Curve = curve };
        var flags = Some.Snapshot(Some.Flag() with { Default = ramp }).Open(Some.Services(new FakeTimeProvider(Some.Monday.AddHours(hours))));

        var rollout = flags.Explain("flag", new("u")).Steps[^1].Steps.Should().ContainSingle().Subject;

        rollout.Bucket!.To.Should().Be((int)(decimal.Parse(percent, CultureInfo.InvariantCulture) * 10_000));
    }

    [Fact]
    public void LinearRampMovesInWholeHundredthsOfAPercentRoundedDown()
    {
        var ramp = new RolloutOutcome { To = "on", Steps = [new(Some.Monday, 0), new(Some.Monday.AddSeconds(3), 0.1m)], Curve = RolloutCurve.Linear };
        var flag = Some.Snapshot(Some.Flag() with { Default = ramp });

        foreach (var (seconds, threshold) in new[] { (1, 300), (2, 600), (3, 1_000) })
            flag.Open(Some.Services(new FakeTimeProvider(Some.Monday.AddSeconds(seconds)))).Explain("flag", new("u")).Steps[^1].Steps[0].Bucket!.To.Should().Be(threshold);
    }

    [Fact]
    public void RampWithoutStepsAdmitsNobody() =>
        (Some.Flag() with { Default = new RolloutOutcome { To = "on", Steps = [] } }).Open().EvaluateBoolean("flag", new("u")).Variant.Should().BeNull();

    private static bool Holds(ConditionDefinition condition, string now) =>
        HoldsAt(condition, DateTimeOffset.Parse(now, CultureInfo.InvariantCulture));

    private static bool HoldsAt(ConditionDefinition condition, DateTimeOffset now) =>
        Some.Snapshot(Some.Flag().When(condition)).Open(Some.Services(new Moment(now))).IsEnabled("flag", new("u"));

    private sealed class Moment(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}

using System.Globalization;

namespace ProgressiveDelivery.Sdk.Faults.Clock;

/// <summary>An instant is written in one way, with its offset; nothing is guessed.</summary>
public sealed class InstantTests : FaultScenario
{
    private const string Noon = "2026-06-01T12:00:00Z";

    [Theory]
    [Scenario("C3")]
    [InlineData("1780315200")]
    [InlineData("1780315200000")]
    [InlineData("\"1780315200\"")]
    [InlineData("\"1780315200000\"")]
    [InlineData("1780315200.5")]
    public async Task C03_EpochInARuleIsAFaultOfThatFlagAndNeverGuessed(string epoch)
    {
        var subject = await AnswerAsync(Flag("late", $$"""{"attribute": "at", "after": {{epoch}} }"""));

        foreach (var at in new AttributeValue[] { 0, 1780315201, 1780315201000, Clock.Start.AddYears(1) })
            Ask(subject, "late", at).Reason.Should().Be(EvaluationReason.Error);
        subject.IsOn.Should().BeTrue();
    }

    [Fact]
    [Scenario("C3")]
    public async Task C03_EpochInAnAttributeIsNoInstantAndMatchesNothing()
    {
        var subject = await AnswerAsync($"{Flag("before", $$"""{"attribute": "at", "before": "{{Noon}}"}""")}{Flag("after", $$"""{"attribute": "at", "after": "{{Noon}}"}""")}");

        // Seconds and milliseconds of that noon, a second either side.
        foreach (var at in new AttributeValue[] { 1780315199, 1780315201, 1780315199000, 1780315201000, "1780315199", "1780315201000", 0, -1 })
        {
            Ask(subject, "before", at).Value.Should().BeFalse();
            Ask(subject, "after", at).Value.Should().BeFalse();
        }
    }

    [Theory]
    [Scenario("C3")]
    [InlineData(-1, true, false)]
    [InlineData(0, false, false)]
    [InlineData(1, false, true)]
    public async Task C03_InstantIsComparedToTheTick(long ticks, bool isBefore, bool isAfter)
    {
        var subject = await AnswerAsync($"{Flag("before", $$"""{"attribute": "at", "before": "{{Noon}}"}""")}{Flag("after", $$"""{"attribute": "at", "after": "{{Noon}}"}""")}");

        var at = Clock.Start.AddTicks(ticks);
        foreach (var form in new AttributeValue[] { at, at.ToOffset(TimeSpan.FromHours(5.5)), at.ToString("o", CultureInfo.InvariantCulture) })
            (Ask(subject, "before", form).Value, Ask(subject, "after", form).Value).Should().Be((isBefore, isAfter));
    }

    [Theory]
    [Scenario("C4")]
    [InlineData("2026-06-01T12:00:00Z")]
    [InlineData("2026-06-01T12:00:00.0000000Z")]
    [InlineData("2026-06-01T14:00:00+02:00")]
    [InlineData("2026-06-01T06:30:00-05:30")]
    [InlineData("2026-06-02T02:00:00+14:00")]
    [InlineData("2026-06-01T12:00:00-00:00")]
    public async Task C04_FormsOfOneInstantAreOneInstant(string noon)
    {
        var wall = new WallClock(Clock);
        var subject = await AnswerAsync(Flag("open", $$"""{"between": ["{{noon}}", null]}"""), wall);

        wall.Show(Clock.Start.AddTicks(-1));
        subject.Client.IsEnabled("open", Bait.Context).Should().BeFalse();
        wall.Show(Clock.Start);
        subject.Client.IsEnabled("open", Bait.Context).Should().BeTrue();
    }

    [Theory]
    [Scenario("C4")]
    // The hour that spring leaves out: 01:59 is followed by 03:00.
    [InlineData("2026-03-29T00:59:59Z", false)]
    [InlineData("2026-03-29T01:00:00Z", false)]
    [InlineData("2026-03-29T01:30:00Z", false)]
    // The hour that autumn has twice.
    [InlineData("2026-10-24T23:59:59Z", false)]
    [InlineData("2026-10-25T00:00:00Z", true)]
    [InlineData("2026-10-25T00:59:59Z", true)]
    [InlineData("2026-10-25T01:00:00Z", true)]
    [InlineData("2026-10-25T01:59:59Z", true)]
    [InlineData("2026-10-25T02:00:00Z", false)]
    // A summer's and a winter's Sunday.
    [InlineData("2026-07-05T00:30:00Z", true)]
    [InlineData("2026-12-06T01:30:00Z", true)]
    public async Task C04_ScheduleFollowsItsZoneThroughTheChangesOfItsClock(string now, bool isOn)
    {
        var wall = new WallClock(Clock);
        var subject = await AnswerAsync(
            Flag("night", """{"schedule": {"days": ["Sun"], "from": "02:00", "to": "03:00", "timeZone": "Europe/Amsterdam"}}"""), wall);

        wall.Show(DateTimeOffset.Parse(now, CultureInfo.InvariantCulture));

        subject.Client.IsEnabled("night", Bait.Context).Should().Be(isOn);
    }

    [Theory]
    [Scenario("C4")]
    [InlineData("2028-02-29T00:00:00Z", "2028-02-29T00:00:00Z")]
    [InlineData("2026-06-30T23:59:60Z", "2026-07-01T00:00:00Z")]
    [InlineData("2026-07-01T01:59:60+02:00", "2026-07-01T00:00:00Z")]
    public async Task C04_LeapDayAndLeapSecondAreInstants(string leap, string from)
    {
        var wall = new WallClock(Clock);
        var subject = await AnswerAsync(Flag("open", $$"""{"between": ["{{leap}}", null]}"""), wall);
        var opens = DateTimeOffset.Parse(from, CultureInfo.InvariantCulture);

        wall.Show(opens.AddTicks(-1));
        subject.Client.IsEnabled("open", Bait.Context).Should().BeFalse();
        wall.Show(opens);
        subject.Client.IsEnabled("open", Bait.Context).Should().BeTrue();
    }

    [Theory]
    [Scenario("C6")]
    [InlineData("2026-06-01")]
    [InlineData("2026-06-01T12:00:00")]
    [InlineData("2026-06-01 12:00:00Z")]
    [InlineData("2026-06-01t12:00:00z")]
    [InlineData("01/06/2026")]
    [InlineData("2027-02-29T00:00:00Z")]
    [InlineData("2026-06-30T22:59:60Z")]
    [InlineData("yesterday")]
    [InlineData("")]
    public async Task C06_OtherDateInARuleIsAFaultOfThatFlagAndMatchesNothing(string date)
    {
        var subject = await AnswerAsync(
            $"{Flag("test", $$"""{"attribute": "at", "after": "{{date}}"}""")}{Flag("window", $$"""{"between": ["{{date}}", null]}""")}{Flag("sound", $$"""{"attribute": "at", "after": "2000-01-01T00:00:00Z"}""")}");

        Ask(subject, "test", Clock.Start).Reason.Should().Be(EvaluationReason.Error);
        Ask(subject, "window", Clock.Start).Reason.Should().Be(EvaluationReason.Error);
        Ask(subject, "sound", date).Value.Should().BeFalse("the same date in an attribute is no instant either");
        Ask(subject, "sound", Clock.Start).Value.Should().BeTrue();
        await subject.WarnedAsync(2);
        subject.Warnings.Should().HaveCount(2).And.OnlyContain(line => line.Id.Name == "SnapshotFault");
    }

    private static string Flag(string key, string condition) => $$"""
        "{{key}}": {"type": "boolean", "variants": {"on": true, "off": false}, "rules": [{"when": {{condition}}, "serve": "on"}], "default": "off"},
        """;

    private static Evaluation<bool> Ask(Subject subject, string key, AttributeValue at) =>
        subject.Client.EvaluateBoolean(key, new EvaluationContext("u-1") { ["at"] = at });

    private async Task<Subject> AnswerAsync(string flags, TimeProvider? clock = null)
    {
        var subject = Client(
            client => client.FromDocument(Document.Of(1, flags: flags)).Configure(options => options.MaxQuarantinedShare = 1), clock);
        await subject.Client.WaitUntilReadyAsync();
        return subject;
    }
}

using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Evaluation.Conditions;

namespace ProgressiveDelivery.Sdk.Tests.Evaluation.Conditions;

/// <summary>Windows that come again, against the plain way: counting the days one by one.</summary>
public sealed class RecurrenceTests
{
    private static readonly DateTimeOffset Wednesday = new(2026, 7, 1, 22, 0, 0, TimeSpan.FromHours(8));

    public static TheoryData<RecurrenceCondition> Recurrences =>
    [
        new() { Start = Wednesday, End = Wednesday.AddHours(3) },
        new() { Start = Wednesday, End = Wednesday.AddHours(3), Interval = 3, Occurrences = 5 },
        new() { Start = Wednesday, End = Wednesday.AddDays(2), Interval = 2, Until = Wednesday.AddDays(9) },
        new() { Start = Wednesday, End = Wednesday.AddHours(5), Days = [DayOfWeek.Wednesday] },
        new() { Start = Wednesday, End = Wednesday.AddHours(5), Days = [DayOfWeek.Sunday, DayOfWeek.Monday, DayOfWeek.Wednesday], Interval = 2 },
        new() { Start = Wednesday, End = Wednesday.AddHours(5), Days = [DayOfWeek.Sunday, DayOfWeek.Monday, DayOfWeek.Wednesday], Interval = 2, FirstDayOfWeek = DayOfWeek.Monday },
        new() { Start = Wednesday, End = Wednesday.AddHours(5), Days = [DayOfWeek.Wednesday, DayOfWeek.Tuesday], FirstDayOfWeek = DayOfWeek.Wednesday, Occurrences = 4 },
        new() { Start = Wednesday, End = Wednesday.AddHours(24), Days = [.. Enum.GetValues<DayOfWeek>()], Until = Wednesday.AddDays(10) },
    ];

    [Theory]
    [MemberData(nameof(Recurrences))]
    public void AnswersAreThoseOfCountingTheDays(RecurrenceCondition condition)
    {
        var starts = Starts(condition).ToArray();
        var duration = condition.End - condition.Start;
        var recurrence = Compiled(condition);

        for (var now = Wednesday.AddDays(-2); now < Wednesday.AddDays(40); now += TimeSpan.FromMinutes(30))
        {
            recurrence.IsActive(now.UtcTicks).Should().Be(starts.Any(start => start <= now && now < start + duration), "it is {0:O}", now);
            recurrence.ClosestStart(now.UtcTicks).Should().Be(starts.Cast<DateTimeOffset?>().FirstOrDefault(start => now < start + duration)?.UtcTicks, "it is {0:O}", now);
        }
    }

    [Fact]
    public void FlagIsOnDuringTheWindow()
    {
        var flag = Some.Flag().When(new RecurrenceCondition { Start = Some.Monday.AddDays(-7), End = Some.Monday.AddDays(-7).AddHours(1), Days = [DayOfWeek.Monday] });

        flag.Open().IsEnabled("flag", EvaluationContext.Empty).Should().BeTrue();
        Some.Snapshot(flag).Open(Some.Services(new Microsoft.Extensions.Time.Testing.FakeTimeProvider(Some.Monday.AddHours(1)))).IsEnabled("flag", EvaluationContext.Empty).Should().BeFalse();
        flag.Open().Explain("flag", EvaluationContext.Empty).Steps.SelectMany(step => step.Steps).Should().Contain(step => step.Detail!.Contains("2026-11-23T12:00:00Z", StringComparison.Ordinal));
    }

    [Fact]
    public void WindowThatComesAgainAfterTheEndOfTimeIsExplained()
    {
        var flag = Some.Flag().When(new RecurrenceCondition { Start = Some.Monday.AddDays(-7), End = Some.Monday.AddDays(-6), Days = [DayOfWeek.Monday], Interval = 1_000_000 });

        flag.Open().Explain("flag", EvaluationContext.Empty).Steps.SelectMany(step => step.Steps).Should().Contain(step => step.Detail!.Contains("after the last occurrence", StringComparison.Ordinal));
    }

    public static TheoryData<RecurrenceCondition> Impossible =>
    [
        new() { Start = Wednesday, End = Wednesday },
        new() { Start = Wednesday, End = Wednesday.AddHours(25) },
        new() { Start = Wednesday, End = Wednesday.AddHours(1), Interval = 0 },
        new() { Start = Wednesday, End = Wednesday.AddHours(1), Occurrences = 0 },
        new() { Start = Wednesday, End = Wednesday.AddHours(1), Until = Wednesday.AddTicks(-1) },
        new() { Start = Wednesday, End = Wednesday.AddHours(1), Days = [] },
        new() { Start = Wednesday, End = Wednesday.AddHours(1), Days = [DayOfWeek.Friday] },
        new() { Start = Wednesday, End = Wednesday.AddHours(25), Days = [DayOfWeek.Wednesday, DayOfWeek.Thursday] },
        new() { Start = Wednesday, End = Wednesday.AddHours(49), Days = [DayOfWeek.Wednesday, DayOfWeek.Monday], FirstDayOfWeek = DayOfWeek.Wednesday },
    ];

    [Theory]
    [MemberData(nameof(Impossible))]
    public void ImpossibleRecurrenceQuarantinesTheFlag(RecurrenceCondition condition) =>
        Some.Flag().When(condition).Open().EvaluateBoolean("flag", EvaluationContext.Empty).Reason.Should().Be(EvaluationReason.Error);

    private static Recurrence Compiled(RecurrenceCondition condition) => new(
        condition.Start, condition.End, condition.Interval, condition.Days?.ToArray(), condition.FirstDayOfWeek, condition.Until, condition.Occurrences);

    private static IEnumerable<DateTimeOffset> Starts(RecurrenceCondition condition)
    {
        var count = 0;
        var week = condition.Start.AddDays(-((condition.Start.DayOfWeek - condition.FirstDayOfWeek + 7) % 7));
        for (var day = 0; day < 80; day++)
        {
            var start = condition.Start.AddDays(day);
            var isListed = condition.Days is { } days
                ? days.Contains(start.DayOfWeek) && (int)(start - week).TotalDays / 7 % condition.Interval == 0
                : day % condition.Interval == 0;
            if (isListed && !(start > condition.Until) && count++ < (condition.Occurrences ?? long.MaxValue))
                yield return start;
        }
    }
}

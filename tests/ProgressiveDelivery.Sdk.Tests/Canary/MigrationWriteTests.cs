using System.Diagnostics.Metrics;
using ProgressiveDelivery.Sdk.Canary;
using ProgressiveDelivery.Sdk.Tests.Refresh;

namespace ProgressiveDelivery.Sdk.Tests.Canary;

public sealed class MigrationWriteTests
{
    public static TheoryData<string> TwoSided => ["dual-write", "shadow", "live", "ramp-down"];

    [Theory]
    [InlineData("off", MigrationSide.Old, false)]
    [InlineData("dual-write", MigrationSide.Old, true)]
    [InlineData("shadow", MigrationSide.Old, true)]
    [InlineData("live", MigrationSide.New, true)]
    [InlineData("ramp-down", MigrationSide.New, true)]
    [InlineData("complete", MigrationSide.New, false)]
    public async Task StageDecidesWhichSidesAreWrittenAndInWhichOrder(string stage, MigrationSide authority, bool both)
    {
        using var test = new MigrationUnderTest(stage);
        var (first, second) = Sides(test, authority);

        var writing = test.WriteAsync(1, "a");
        var call = await first.NextAsync();
        second.Waiting.Should().Be(0, "the authoritative side has not accepted yet");
        test.Time.Advance(TimeSpan.FromMilliseconds(7));
        call.Succeed();
        if (both)
            (await second.NextAsync()).Succeed();
        var write = await writing;

        (first.ValueOf(1), second.ValueOf(1)).Should().Be(("a", both ? "a" : ""));
        write.Authoritative.Should().Be(new MigrationOutcome(authority, MigrationOutcomeKind.Succeeded, TimeSpan.FromMilliseconds(7), null));
        write.Other.Kind.Should().Be(both ? MigrationOutcomeKind.Succeeded : MigrationOutcomeKind.NotWritten);
        (write.IsComplete, MigrationStages.NameOf(write.Stage), second.Waiting, test.Flag.Asked).Should().Be((true, stage, 0, 1));
    }

    [Theory]
    [MemberData(nameof(TwoSided))]
    public async Task OtherSideIsNotWrittenIfTheAuthoritativeOneFails(string stage)
    {
        using var test = new MigrationUnderTest(stage);
        var (first, second) = Sides(test, stage);

        var writing = test.WriteAsync();
        (await first.NextAsync()).Fail();

        await writing.Invoking(task => task).Should().ThrowAsync<IOException>();
        (second.Waiting, second.Accepted.Count).Should().Be((0, 0));
    }

    [Theory]
    [MemberData(nameof(TwoSided))]
    public async Task FaultOfTheOtherSideIsReturnedAndLogged(string stage)
    {
        using var test = new MigrationUnderTest(stage);
        var (first, second) = Sides(test, stage);

        for (var i = 0; i < 7; i++)
        {
            var writing = test.WriteAsync();
            (await first.NextAsync()).Succeed();
            (await second.NextAsync()).Fail();
            var write = await writing;
            (write.IsComplete, write.Other.Kind).Should().Be((false, MigrationOutcomeKind.Failed));
            write.Other.Exception.Should().BeOfType<IOException>();
        }

        test.Logger.Collector.GetSnapshot().Select(record => record.Id.Id).Should().Equal(Enumerable.Repeat(701, 7));
        test.Warnings.Should().HaveCount(5);
        test.Time.Advance(TimeSpan.FromHours(1));
        var later = test.WriteAsync();
        (await first.NextAsync()).Succeed();
        (await second.NextAsync()).Fail();
        await later;
        test.Warnings.Should().HaveCount(6);
    }

    [Theory]
    [MemberData(nameof(TwoSided))]
    public async Task CancellationAfterTheFirstWriteDoesNotStopTheSecond(string stage)
    {
        using var test = new MigrationUnderTest(stage);
        var (first, second) = Sides(test, stage);
        using var cancellation = new CancellationTokenSource();

        var writing = test.WriteAsync(1, "a", cancellation.Token);
        var call = await first.NextAsync();
        await cancellation.CancelAsync();
        call.Succeed();
        var other = await second.NextAsync();
        other.Token.IsCancellationRequested.Should().BeFalse();
        other.Succeed();

        (await writing).IsComplete.Should().BeTrue();
        second.ValueOf(1).Should().Be("a");
    }

    [Fact]
    public async Task CancellationOfTheFirstWriteReachesItAndPreventsTheSecond()
    {
        using var test = new MigrationUnderTest("live");
        using var operations = test.Collector<long>("operations");
        using var cancellation = new CancellationTokenSource();

        var writing = test.WriteAsync(1, "a", cancellation.Token);
        var call = await test.New.NextAsync();
        await cancellation.CancelAsync();
        call.Token.IsCancellationRequested.Should().BeTrue();
        call.Cancel();

        await writing.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
        test.Old.Waiting.Should().Be(0);
        operations.GetMeasurementSnapshot().Single().Tags["result"].Should().Be("canceled");
    }

    [Fact]
    public async Task OtherSideThatHangsIsGivenUpInTime()
    {
        using var test = new MigrationUnderTest("dual-write");

        var writing = test.WriteAsync();
        (await test.Old.NextAsync()).Succeed();
        var other = await test.New.NextAsync();
        writing.IsCompleted.Should().BeFalse();
        test.Time.Advance(TimeSpan.FromSeconds(10));
        var write = await writing;

        write.Other.Exception.Should().BeOfType<TimeoutException>().Which.Message.Should().Contain("OtherTimeout");
        write.Other.Latency.Should().Be(TimeSpan.FromSeconds(10));
        await Until.HoldsAsync(() => other.Token.IsCancellationRequested);
    }

    [Fact]
    public async Task ChangeThatIsNoValueTakesTheSameOrder()
    {
        var log = new List<string>();
        using var test = new MigrationUnderTest("live");

        var write = await test.Migration.WriteAsync(7, log, static (key, log, _) => Add(log, $"old {key}"), static (key, log, _) => Add(log, $"new {key}"), EvaluationContext.Empty);

        log.Should().Equal("new 7", "old 7");
        write.IsComplete.Should().BeTrue();
    }

    [Fact]
    public async Task ListenerThatThrowsDoesNotComeBetweenTheTwoWrites()
    {
        using var test = new MigrationUnderTest("dual-write");
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, all) =>
        {
            if (instrument.Meter.Scope == test.Meters)
                all.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, _, _, _) => throw new InvalidOperationException());
        listener.SetMeasurementEventCallback<double>((_, _, _, _) => throw new InvalidOperationException());
        listener.Start();

        var writing = test.WriteAsync();
        (await test.Old.NextAsync()).Succeed();
        (await test.New.NextAsync()).Succeed();

        (await writing).IsComplete.Should().BeTrue();
    }

    [Fact]
    public async Task MigrationWithoutWritesSaysSo()
    {
        using var test = new MigrationUnderTest("off", options => (options.WriteOld, options.WriteNew) = (null, null));

        await FluentActions.Awaiting(() => test.WriteAsync()).Should().ThrowAsync<InvalidOperationException>().WithMessage("Migration 'customers' has no writes.*");
    }

    private static ValueTask Add(List<string> log, string line)
    {
        log.Add(line);
        return ValueTask.CompletedTask;
    }

    private static (GatedSide First, GatedSide Second) Sides(MigrationUnderTest test, string stage) => Sides(test, MigrationStages.Parse(stage)!.Value.Authority());

    private static (GatedSide First, GatedSide Second) Sides(MigrationUnderTest test, MigrationSide authority) => (test.Side(authority), test.Side(authority.Other()));
}

using System.Diagnostics;
using ProgressiveDelivery.Sdk.Canary;
using ProgressiveDelivery.Sdk.Tests.Refresh;
using static ProgressiveDelivery.Sdk.Tests.Canary.MigrationUnderTest;

namespace ProgressiveDelivery.Sdk.Tests.Canary;

public sealed class MigrationReadTests
{
    private static readonly AsyncLocal<string?> Ambient = new();

    [Theory]
    [InlineData("off", MigrationSide.Old, false)]
    [InlineData("dual-write", MigrationSide.Old, false)]
    [InlineData("dualwrite", MigrationSide.Old, false)]
    [InlineData("shadow", MigrationSide.Old, true)]
    [InlineData("live", MigrationSide.New, true)]
    [InlineData("ramp-down", MigrationSide.New, false)]
    [InlineData("rampdown", MigrationSide.New, false)]
    [InlineData("complete", MigrationSide.New, false)]
    public async Task StageDecidesWhichSidesAreReadAndWhoseValueIsReturned(string stage, MigrationSide authority, bool both)
    {
        using var test = new MigrationUnderTest(stage);
        var (first, second) = authority == MigrationSide.Old ? (test.Old, test.New) : (test.New, test.Old);

        var reading = test.ReadAsync();
        (await first.NextAsync()).Succeed("a");
        var read = await reading;
        if (both)
            (await second.NextAsync()).Succeed("a");
        var check = await CheckOf(read);

        (read.Value, read.Side, read.Failure).Should().Be(("a", authority, null));
        check.Result.Should().Be(both ? MigrationCheckResult.Equal : MigrationCheckResult.None);
        (first.Waiting, second.Waiting, test.Flag.Asked).Should().Be((0, 0, 1));
    }

    [Fact]
    public async Task CallerOfAParallelReadDoesNotWaitForTheOtherSide()
    {
        using var test = new MigrationUnderTest("live");

        var reading = test.ReadAsync();
        var (@new, old) = (await test.New.NextAsync(), await test.Old.NextAsync());
        test.Time.Advance(TimeSpan.FromMilliseconds(20));
        @new.Succeed("b");
        var read = await reading;
        read.Check.IsCompleted.Should().BeFalse();
        test.Time.Advance(TimeSpan.FromMilliseconds(30));
        old.Succeed("a");
        var check = await CheckOf(read);

        (read.Value, read.Latency).Should().Be(("b", TimeSpan.FromMilliseconds(20)));
        (check.Result, check.Latency).Should().Be((MigrationCheckResult.Different, TimeSpan.FromMilliseconds(50)));
        check.Differences.Should().Equal(new MigrationDifference("", "a", "b"));
    }

    [Fact]
    public async Task SerialReadReadsTheOtherSideOnlyAfterTheAuthoritativeOneSucceeded()
    {
        using var test = new MigrationUnderTest("shadow", options => options.ReadOrder = MigrationReadOrder.Serial);

        var failing = test.ReadAsync();
        (await test.Old.NextAsync()).Fail();
        await failing.Invoking(task => task).Should().ThrowAsync<IOException>();
        var reading = test.ReadAsync();
        var old = await test.Old.NextAsync();
        test.New.Waiting.Should().Be(0, "neither of the two reads has come to it");
        old.Succeed("a");
        var read = await reading;
        (await test.New.NextAsync()).Succeed("a");

        (await CheckOf(read)).Result.Should().Be(MigrationCheckResult.Equal);
    }

    [Fact]
    public async Task RandomOrderBeginsWithEitherSide()
    {
        using var test = new MigrationUnderTest("shadow", options => options.ReadOrder = MigrationReadOrder.Random);
        var otherFirst = 0;
        for (var i = 0; i < 40; i++)
        {
            var reading = test.ReadAsync();
            var (old, @new) = (test.Old.NextAsync(), test.New.NextAsync());
            var first = await Task.WhenAny(old, @new);
            otherFirst += first == @new ? 1 : 0;
            (first == @new ? old : @new).IsCompleted.Should().BeFalse();
            (await first).Succeed("a");
            (await (first == @new ? old : @new)).Succeed("a");
            (await CheckOf(await reading)).Result.Should().Be(MigrationCheckResult.Equal);
        }

        otherFirst.Should().BeInRange(8, 32);
    }

    [Fact]
    public async Task OtherSideThatComesFirstAndFailsOrHangsHarmsNoCaller()
    {
        using var test = new MigrationUnderTest("shadow", options => options.ReadOrder = MigrationReadOrder.Random, new OtherFirst());

        var failing = test.ReadAsync(1);
        (await test.New.NextAsync()).Fail();
        (await test.Old.NextAsync()).Succeed("a");
        var hanging = test.ReadAsync(2);
        await test.New.NextAsync();
        test.Time.Advance(TimeSpan.FromSeconds(10));
        (await test.Old.NextAsync()).Succeed("a");

        ((await failing).Value, (await hanging).Value).Should().Be(("a", "a"));
        (await CheckOf(await failing)).Exception.Should().BeOfType<IOException>();
        (await CheckOf(await hanging)).Exception.Should().BeOfType<TimeoutException>();
    }

    [Fact]
    public async Task CallerThatCancelsWhileTheOtherSideComesFirstIsCanceled()
    {
        using var test = new MigrationUnderTest("shadow", options => (options.ReadOrder, options.MaxConcurrentChecks) = (MigrationReadOrder.Random, 1), new OtherFirst());
        using var checks = test.Collector<long>("checks");
        using var cancellation = new CancellationTokenSource();

        var reading = test.ReadAsync(1, cancellation.Token);
        var other = await test.New.NextAsync();
        await cancellation.CancelAsync();
        await reading.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
        other.Succeed("a");
        await checks.WaitForMeasurementsAsync(1).WaitAsync(Until.Patience);

        checks.LastMeasurement!.Tags["result"].Should().Be("skipped");
        test.Old.Waiting.Should().Be(0);
    }

    [Theory]
    [InlineData(MigrationReadOrder.Parallel)]
    [InlineData(MigrationReadOrder.Serial)]
    public async Task CancellationOfTheCallerFreesTheCheck(MigrationReadOrder order)
    {
        using var test = new MigrationUnderTest("shadow", options => (options.ReadOrder, options.MaxConcurrentChecks) = (order, 1));
        using var operations = test.Collector<long>("operations");
        using var checks = test.Collector<long>("checks");
        using var cancellation = new CancellationTokenSource();

        var canceled = test.ReadAsync(1, cancellation.Token);
        var old = await test.Old.NextAsync();
        await cancellation.CancelAsync();
        old.Token.IsCancellationRequested.Should().BeTrue();
        old.Cancel();
        await canceled.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
        if (order == MigrationReadOrder.Parallel)
            (await test.New.NextAsync()).Succeed("a");
        await checks.WaitForMeasurementsAsync(1).WaitAsync(Until.Patience);

        checks.GetMeasurementSnapshot().Select(one => one.Tags["result"]).Should().Equal("skipped");
        operations.GetMeasurementSnapshot().Single(one => (string)one.Tags["side"]! == "old").Tags["result"].Should().Be("canceled");
        var next = test.ReadAsync();
        (await test.Old.NextAsync()).Succeed("a");
        (await test.New.NextAsync()).Succeed("a");
        (await CheckOf(await next)).Result.Should().Be(MigrationCheckResult.Equal, "there is room for one check");
    }

    [Fact]
    public async Task FaultOfTheOtherSideIsReportedAndReachesNoCaller()
    {
        using var test = new MigrationUnderTest("shadow");

        for (var i = 0; i < 7; i++)
        {
            var reading = test.ReadAsync();
            (await test.Old.NextAsync()).Succeed("a");
            (await test.New.NextAsync()).Fail();
            (await reading).Value.Should().Be("a");
            (await CheckOf(await reading)).Result.Should().Be(MigrationCheckResult.Failed);
        }

        test.Logger.Collector.GetSnapshot().Select(record => record.Id.Id).Should().Equal(Enumerable.Repeat(702, 7));
        test.Warnings.Should().HaveCount(5, "further ones of the hour are for those who debug");
    }

    [Fact]
    public async Task OtherSideThatIgnoresItsTokenIsGivenUpInTime()
    {
        using var test = new MigrationUnderTest("shadow", options => options.OtherTimeout = TimeSpan.FromSeconds(3));

        var reading = test.ReadAsync();
        (await test.Old.NextAsync()).Succeed("a");
        var other = await test.New.NextAsync();
        var read = await reading;
        test.Time.Advance(TimeSpan.FromSeconds(2.9));
        read.Check.IsCompleted.Should().BeFalse();
        test.Time.Advance(TimeSpan.FromSeconds(0.1));
        var check = await CheckOf(read);

        (check.Result, check.Exception).Should().Match<(MigrationCheckResult, Exception?)>(pair => pair.Item1 == MigrationCheckResult.Failed && pair.Item2 is TimeoutException);
        await Until.HoldsAsync(() => other.Token.IsCancellationRequested);
    }

    [Fact]
    public async Task NoMoreChecksRunAtOnceThanAllowed()
    {
        using var test = new MigrationUnderTest("shadow", options => options.MaxConcurrentChecks = 2);
        var reads = new List<MigrationRead<string>>();
        for (var i = 0; i < 4; i++)
        {
            var reading = test.ReadAsync(i);
            (await test.Old.NextAsync()).Succeed("a");
            reads.Add(await reading);
        }

        (await CheckOf(reads[2])).Result.Should().Be(MigrationCheckResult.Skipped);
        (await CheckOf(reads[3])).Result.Should().Be(MigrationCheckResult.Skipped);
        (await test.New.NextAsync()).Succeed("a");
        (await test.New.NextAsync()).Succeed("a");
        await CheckOf(reads[0]);
        await CheckOf(reads[1]);
        test.New.Waiting.Should().Be(0, "a check that is skipped spares the side its read");

        var next = test.ReadAsync();
        (await test.Old.NextAsync()).Succeed("a");
        (await test.New.NextAsync()).Succeed("a");
        (await CheckOf(await next)).Result.Should().Be(MigrationCheckResult.Equal);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0.25, 20, 80)]
    [InlineData(1, 200, 200)]
    public async Task RatioOfTheReadsIsChecked(double ratio, int min, int max)
    {
        using var test = new MigrationUnderTest("live", options => options.CheckRatio = ratio);
        var checks = 0;
        for (var i = 0; i < 200; i++)
        {
            var reading = test.ReadAsync();
            (await test.New.NextAsync()).Succeed("a");
            var read = await reading;
            if (read.Check.IsCompleted)
                continue;
            (await test.Old.NextAsync()).Succeed("a");
            await CheckOf(read);
            checks++;
        }

        checks.Should().BeInRange(min, max);
        test.Old.Waiting.Should().Be(0);
    }

    [Fact]
    public async Task DisposalGivesUpChecksAndLeavesReadsAlone()
    {
        using var test = new MigrationUnderTest("shadow");

        var before = test.ReadAsync();
        (await test.Old.NextAsync()).Succeed("a");
        var other = await test.New.NextAsync();
        await test.Migration.DisposeAsync().AsTask().WaitAsync(Until.Patience);
        var check = await CheckOf(await before);
        var after = test.ReadAsync();
        (await test.Old.NextAsync()).Succeed("a");

        check.Result.Should().Be(MigrationCheckResult.Skipped);
        await Until.HoldsAsync(() => other.Token.IsCancellationRequested);
        ((await after).Value, (await CheckOf(await after)).Result).Should().Be(("a", MigrationCheckResult.Skipped));
        test.Warnings.Should().BeEmpty();
    }

    [Fact]
    public async Task CheckHasTheSpanOfItsCallerAndNothingElseOfItsContext()
    {
        var found = new TaskCompletionSource<(Activity?, string?)>();
        using var test = new MigrationUnderTest("shadow", options => options.ReadNew = (_, _) =>
        {
            found.SetResult((Activity.Current, Ambient.Value));
            return new("a");
        });
        using var span = new Activity("request").Start();
        Ambient.Value = "transaction";

        var reading = test.ReadAsync();
        (await test.Old.NextAsync()).Succeed("a");
        await reading;

        (await found.Task.WaitAsync(Until.Patience)).Should().Be((span, null));
    }

    [Fact]
    public async Task DelegateThatThrowsAtOnceFailsItsTask()
    {
        using var test = new MigrationUnderTest("off", options => options.ReadOld = (_, _) => throw new IOException("at once"));

        var reading = test.Migration.ReadAsync(1, EvaluationContext.Empty);

        await reading.Invoking(async task => await task).Should().ThrowAsync<IOException>();
    }

    private sealed class OtherFirst : Random
    {
        public override int Next(int maxValue) => 0;
    }
}

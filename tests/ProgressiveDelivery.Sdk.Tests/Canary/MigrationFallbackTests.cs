using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.Canary;
using ProgressiveDelivery.Sdk.Tests.Refresh;

namespace ProgressiveDelivery.Sdk.Tests.Canary;

public sealed class MigrationFallbackTests
{
    [Theory]
    [InlineData("live", MigrationReadOrder.Parallel)]
    [InlineData("live", MigrationReadOrder.Serial)]
    [InlineData("ramp-down", MigrationReadOrder.Parallel)]
    public async Task OldSideIsReadOnceIfTheNewOneFails(string stage, MigrationReadOrder order)
    {
        using var test = new MigrationUnderTest(stage, options => (options.FallBackToOld, options.ReadOrder) = (true, order));
        using var fallbacks = test.Collector<long>("fallbacks");

        var reading = test.ReadAsync();
        (await test.New.NextAsync()).Fail();
        (await test.Old.NextAsync()).Succeed("a");
        var read = await reading;

        (read.Value, read.Side).Should().Be(("a", MigrationSide.Old));
        read.Failure.Should().BeOfType<IOException>();
        read.Check.IsCompletedSuccessfully.Should().BeTrue();
        test.Old.Waiting.Should().Be(0);
        fallbacks.GetMeasurementSnapshot().Should().ContainSingle();
        test.Logger.Collector.GetSnapshot().Should().ContainSingle(record => record.Id.Id == 704 && record.Level == LogLevel.Warning);
    }

    [Theory]
    [InlineData("shadow")]
    [InlineData("complete")]
    public async Task OtherStagesDoNotFallBack(string stage)
    {
        using var test = new MigrationUnderTest(stage, options => (options.FallBackToOld, options.ReadOrder) = (true, MigrationReadOrder.Serial));

        var reading = test.ReadAsync();
        (await (stage == "shadow" ? test.Old : test.New).NextAsync()).Fail();

        await reading.Invoking(task => task).Should().ThrowAsync<IOException>();
        (test.Old.Waiting, test.New.Waiting).Should().Be((0, 0));
    }

    [Theory]
    [InlineData("live")]
    [InlineData("ramp-down")]
    public async Task NothingFallsBackUnlessAsked(string stage)
    {
        using var test = new MigrationUnderTest(stage, options => options.ReadOrder = MigrationReadOrder.Serial);

        var reading = test.ReadAsync();
        (await test.New.NextAsync()).Fail();

        await reading.Invoking(task => task).Should().ThrowAsync<IOException>();
        test.Old.Waiting.Should().Be(0);
    }

    [Fact]
    public async Task FaultOfTheNewSideIsThrownIfBothFail()
    {
        using var test = new MigrationUnderTest("live", options => options.FallBackToOld = true);

        var reading = test.ReadAsync();
        (await test.New.NextAsync()).Fail(new IOException("new"));
        (await test.Old.NextAsync()).Fail(new IOException("old"));

        (await reading.Invoking(task => task).Should().ThrowAsync<IOException>()).WithMessage("new");
    }

    [Fact]
    public async Task CanceledReadDoesNotFallBack()
    {
        using var test = new MigrationUnderTest("ramp-down", options => options.FallBackToOld = true);
        using var cancellation = new CancellationTokenSource();

        var reading = test.ReadAsync(1, cancellation.Token);
        var call = await test.New.NextAsync();
        await cancellation.CancelAsync();
        call.Cancel();

        await reading.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
        test.Old.Waiting.Should().Be(0);
    }

    [Fact]
    public async Task PlainReadFallsBackToo()
    {
        using var test = new MigrationUnderTest("ramp-down", options => options.FallBackToOld = true);

        var reading = test.Migration.ReadAsync(1, EvaluationContext.Empty).AsTask();
        (await test.New.NextAsync()).Fail();
        (await test.Old.NextAsync()).Succeed("a");

        (await reading.WaitAsync(Until.Patience)).Should().Be("a");
    }
}

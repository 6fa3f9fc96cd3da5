namespace ProgressiveDelivery.Sdk.Tests.Canary;

public sealed class MigrationMeterTests
{
    [Fact]
    public async Task OperationsAreCountedByStageSideAndResult()
    {
        using var test = new MigrationUnderTest("live");
        using var operations = test.Collector<long>("operations");

        var reading = test.ReadAsync();
        (await test.New.NextAsync()).Succeed("a");
        (await test.Old.NextAsync()).Fail();
        await MigrationUnderTest.CheckOf(await reading);
        test.Flag.Stage = "dual-write";
        var writing = test.WriteAsync();
        (await test.Old.NextAsync()).Succeed();
        (await test.New.NextAsync()).Succeed();
        await writing;

        operations.GetMeasurementSnapshot().Select(one => string.Join(' ', new[] { "client", "migration", "operation", "stage", "side", "result" }.Select(tag => one.Tags[tag])))
            .Should().BeEquivalentTo("shop customers read live new ok", "shop customers read live old failed", "shop customers write dual-write old ok", "shop customers write dual-write new ok");
    }

    [Fact]
    public async Task ReadOfOneSideIsMeasuredWhenItEnds()
    {
        using var test = new MigrationUnderTest("off");
        using var duration = test.Collector<double>("duration");
        using var operations = test.Collector<long>("operations");

        var reading = test.Migration.ReadAsync(1, EvaluationContext.Empty);
        var call = await test.Old.NextAsync();
        duration.GetMeasurementSnapshot().Should().BeEmpty();
        test.Time.Advance(TimeSpan.FromMilliseconds(250));
        call.Succeed("a");
        await reading;
        var failing = test.Migration.ReadAsync(1, EvaluationContext.Empty).AsTask();
        (await test.Old.NextAsync()).Fail();
        await failing.Invoking(task => task).Should().ThrowAsync<IOException>();

        duration.GetMeasurementSnapshot()[0].Value.Should().Be(0.25);
        duration.GetMeasurementSnapshot()[0].Tags.Should().Equal(new Dictionary<string, object?> { ["client"] = "shop", ["migration"] = "customers", ["operation"] = "read", ["side"] = "old" });
        operations.GetMeasurementSnapshot().Select(one => one.Tags["result"]).Should().Equal("ok", "failed");
    }

    [Fact]
    public async Task ChecksAreCountedByResult()
    {
        using var test = new MigrationUnderTest("shadow");
        using var checks = test.Collector<long>("checks");

        foreach (var other in new[] { "a", "b", null })
        {
            var reading = test.ReadAsync();
            (await test.Old.NextAsync()).Succeed("a");
            var call = await test.New.NextAsync();
            if (other is null)
                call.Fail();
            else
                call.Succeed(other);
            await MigrationUnderTest.CheckOf(await reading);
        }

        await test.Migration.DisposeAsync();
        var skipped = test.ReadAsync();
        (await test.Old.NextAsync()).Succeed("a");
        await skipped;

        checks.GetMeasurementSnapshot().Select(one => one.Tags["result"]).Should().Equal("equal", "different", "failed", "skipped");
    }
}

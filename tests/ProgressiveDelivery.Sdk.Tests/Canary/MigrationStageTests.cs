using ProgressiveDelivery.Sdk.Canary;

namespace ProgressiveDelivery.Sdk.Tests.Canary;

public sealed class MigrationStageTests
{
    [Fact]
    public void EveryStageIsReadByItsName()
    {
        foreach (var stage in Enum.GetValues<MigrationStage>())
            MigrationStages.Parse(MigrationStages.NameOf(stage)).Should().Be(stage);
        Enum.GetValues<MigrationStage>().Select(MigrationStages.NameOf).Should().OnlyHaveUniqueItems();
    }

    [Theory]
    [InlineData(null, "no value (FlagNotFound)")]
    [InlineData("Live", "the value 'Live'")]
    [InlineData("", "the value ''")]
    public async Task SafeStageIsUsedAndReportedOnce(string? served, string cause)
    {
        using var test = new MigrationUnderTest(served, options => options.SafeStage = MigrationStage.RampDown);
        using var counted = test.Collector<long>("safe_stages");

        for (var i = 0; i < 3; i++)
        {
            var reading = test.ReadAsync();
            (await test.New.NextAsync()).Succeed("b");
            (await reading).Stage.Should().Be(MigrationStage.RampDown);
        }

        counted.GetMeasurementSnapshot().Should().HaveCount(3).And.OnlyContain(one => (string)one.Tags["client"]! == "shop" && (string)one.Tags["migration"]! == "customers");
        test.Warnings.Should().ContainSingle().Which.Message.Should().Be(
            $"Client shop: migration customers got {cause} from flag customers, and is in its safe stage ramp-down. Serve off, dual-write, shadow, live, ramp-down or complete. Logged once for this cause.");
    }

    [Fact]
    public async Task EachCauseIsReported()
    {
        using var test = new MigrationUnderTest(null) { Flag = { Reason = EvaluationReason.NotReady } };

        await ReadAsync(test);
        test.Flag.Reason = EvaluationReason.TypeMismatch;
        await ReadAsync(test);
        test.Flag.Stage = "done";
        await ReadAsync(test);
        await ReadAsync(test);

        test.Warnings.Should().HaveCount(3).And.OnlyContain(record => record.Id.Id == 700);
    }

    [Fact]
    public async Task OperationsOfAScopeKeepItsStage()
    {
        using var test = new MigrationUnderTest("complete");
        var scope = new StageFlag("off");

        var reading = test.Migration.ReadAsync(1, EvaluationContext.Empty, scope).AsTask();
        (await test.Old.NextAsync()).Succeed("a");
        var writing = test.Migration.WriteAsync(1, "a", EvaluationContext.Empty, scope).AsTask();
        (await test.Old.NextAsync()).Succeed();
        var changing = test.Migration.WriteAsync(1, "b", test.Old.WriteAsync, test.New.WriteAsync, EvaluationContext.Empty, scope).AsTask();
        (await test.Old.NextAsync()).Succeed();
        var detailed = test.Migration.ReadWithDetailsAsync(1, EvaluationContext.Empty, scope).AsTask();
        (await test.Old.NextAsync()).Succeed();

        ((await reading), (await writing).Stage, (await changing).Stage, (await detailed).Value).Should().Be(("a", MigrationStage.Off, MigrationStage.Off, "b"));
        (scope.Asked, test.Flag.Asked).Should().Be((4, 0));
    }

    private static async Task ReadAsync(MigrationUnderTest test)
    {
        var reading = test.ReadAsync();
        (await test.Old.NextAsync()).Succeed("a");
        await reading;
    }
}

using ProgressiveDelivery.Sdk.Canary;
using static ProgressiveDelivery.Sdk.Tests.Canary.MigrationUnderTest;

namespace ProgressiveDelivery.Sdk.Tests.Canary;

public sealed class MigrationMismatchTests
{
    [Fact]
    public async Task KeptMismatchHasNoValuesAndTheHandlerHasThem()
    {
        var handled = new List<MigrationMismatch>();
        using var test = new MigrationUnderTest("shadow", options => options.OnMismatch = handled.Add);

        await DifferAsync(test, 7);

        var kept = test.Migration.RecentMismatches.Should().ContainSingle().Subject;
        (kept.Migration, kept.At, kept.Stage, kept.Key).Should().Be(("customers", Some.Monday, MigrationStage.Shadow, null));
        kept.Differences.Should().Equal(new MigrationDifference("", null, null));
        handled.Should().ContainSingle().Which.Key.Should().Be(7);
        handled[0].Differences.Should().Equal(new MigrationDifference("", "old 7", "new 7"));
        test.Warnings.Should().ContainSingle().Which.Message.Should().NotContain("7").And.Contain("found 1 differences");
    }

    [Fact]
    public async Task NewestMismatchesAreKeptWithValuesIfAsked()
    {
        using var test = new MigrationUnderTest("live", options => (options.KeepValues, options.KeptMismatches) = (true, 3));

        for (var key = 1; key <= 5; key++)
            await DifferAsync(test, key);

        test.Migration.RecentMismatches.Select(mismatch => mismatch.Key).Should().Equal(3, 4, 5);
        test.Migration.RecentMismatches[0].Differences.Should().Equal(new MigrationDifference("", "old 3", "new 3"));
    }

    [Fact]
    public async Task NoneIsKeptIfNoneIsWanted()
    {
        using var test = new MigrationUnderTest("live", options => options.KeptMismatches = 0);

        await DifferAsync(test, 1);

        test.Migration.RecentMismatches.Should().BeEmpty();
    }

    [Fact]
    public async Task HandlerThatThrowsHarmsNoCheck()
    {
        using var test = new MigrationUnderTest("shadow", options => options.OnMismatch = _ => throw new InvalidOperationException("handler"));

        var check = await DifferAsync(test, 1);

        check.Result.Should().Be(MigrationCheckResult.Different);
        test.Warnings.Select(record => record.Id.Id).Should().Equal(703, 705);
    }

    [Fact]
    public async Task ComparisonThatThrowsIsAFailedCheck()
    {
        using var test = new MigrationUnderTest("shadow", options => options.Compare = (_, _) => throw new InvalidOperationException("comparison"));

        var check = await DifferAsync(test, 1);

        (check.Result, check.Exception!.Message).Should().Be((MigrationCheckResult.Failed, "comparison"));
        test.Migration.RecentMismatches.Should().BeEmpty();
    }

    [Theory]
    [InlineData("shadow")]
    [InlineData("live")]
    public async Task ComparisonGetsTheOldValueFirst(string stage)
    {
        using var test = new MigrationUnderTest(stage, options => options.Compare = (old, @new) => [new("/name", old, @new)]);

        var check = await DifferAsync(test, 1);

        check.Differences.Should().Equal(new MigrationDifference("/name", "old 1", "new 1"));
    }

    private static async Task<MigrationCheck> DifferAsync(MigrationUnderTest test, int key)
    {
        var reading = test.ReadAsync(key);
        (await test.Old.NextAsync()).Succeed($"old {key}");
        (await test.New.NextAsync()).Succeed($"new {key}");
        return await CheckOf(await reading);
    }
}

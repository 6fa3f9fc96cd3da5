using ProgressiveDelivery.Sdk.Canary;
using ProgressiveDelivery.Sdk.Tests.Refresh;

namespace ProgressiveDelivery.Sdk.Tests.Canary;

/// <summary>The stage changes, or the process dies, at every point of a write: the side without authority is never ahead.</summary>
public sealed class MigrationKillTests
{
    private static readonly MigrationStage[] Stages = Enum.GetValues<MigrationStage>();

    /// <summary>The points of a write: before the first side has answered, between the two writes, and with the second side's answer.</summary>
    public enum Point
    {
        First,
        Between,
        Second,
    }

    public static TheoryData<MigrationStage, MigrationStage, Point> Changes
    {
        get
        {
            var changes = new TheoryData<MigrationStage, MigrationStage, Point>();
            foreach (var from in Stages)
                foreach (var to in Stages.Where(to => to != from))
                    foreach (var point in Enum.GetValues<Point>())
                        changes.Add(from, to, point);
            return changes;
        }
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task WriteKeepsItsStageWhereverTheFlagChanges(MigrationStage from, MigrationStage to, Point point)
    {
        using var test = new MigrationUnderTest(MigrationStages.NameOf(from));
        var (first, second) = (test.Side(from.Authority()), test.Side(from.Authority().Other()));
        void ChangeAt(Point now) => test.Flag.Stage = now == point ? MigrationStages.NameOf(to) : test.Flag.Stage;

        var writing = test.WriteAsync(1, "a");
        var call = await first.NextAsync();
        ChangeAt(Point.First);
        call.Succeed();
        if (from.WritesBoth())
            await AnswerSecondAsync();
        var write = await writing;

        write.Stage.Should().Be(from);
        (first.Accepted.Count, second.Accepted.Count).Should().Be((1, from.WritesBoth() ? 1 : 0));
        (first.Waiting, second.Waiting).Should().Be((0, 0));

        async Task AnswerSecondAsync()
        {
            var other = await second.NextAsync();
            ChangeAt(Point.Between);
            second.Accepted.Should().BeEmpty();
            first.Accepted.Should().ContainSingle("the authoritative side has the write before the other side gets it");
            other.Succeed();
            ChangeAt(Point.Second);
        }
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task WriteThatIsCutOffLeavesTheOtherSideBehindAndARetryInTheNextStageRepairsIt(MigrationStage from, MigrationStage to, Point point)
    {
        using var dying = new MigrationUnderTest(MigrationStages.NameOf(from));
        var (first, second) = (dying.Side(from.Authority()), dying.Side(from.Authority().Other()));

        _ = dying.WriteAsync(1, "a");
        var call = await first.NextAsync();
        if (point != Point.First)
            call.Succeed();
        var cutOff = point == Point.First || !from.WritesBoth() ? null : await second.NextAsync();
        if (point == Point.Second)
            cutOff?.Succeed();

        second.Accepted.Should().BeSubsetOf(first.Accepted);
        using var next = new MigrationUnderTest(MigrationStages.NameOf(to), options => (options.WriteOld, options.WriteNew) = (dying.Old.WriteAsync, dying.New.WriteAsync));
        var retrying = next.WriteAsync(1, "a");
        (await dying.Side(to.Authority()).NextAsync()).Succeed();
        if (to.WritesBoth())
            (await dying.Side(to.Authority().Other()).NextAsync()).Succeed();
        (await retrying).IsComplete.Should().BeTrue();
        dying.Side(to.Authority()).ValueOf(1).Should().Be("a");
        if (to.WritesBoth())
            dying.Side(to.Authority().Other()).ValueOf(1).Should().Be("a");
    }

    [Theory]
    [InlineData("shadow", "live")]
    [InlineData("live", "shadow")]
    [InlineData("live", "complete")]
    [InlineData("shadow", "off")]
    public async Task ReadKeepsItsStageWhereverTheFlagChanges(string from, string to)
    {
        foreach (var point in Enum.GetValues<Point>())
        {
            using var test = new MigrationUnderTest(from);
            var authority = MigrationStages.Parse(from)!.Value.Authority();
            void ChangeAt(Point now) => test.Flag.Stage = now == point ? to : test.Flag.Stage;

            var reading = test.ReadAsync();
            var (first, second) = (await test.Side(authority).NextAsync(), await test.Side(authority.Other()).NextAsync());
            ChangeAt(Point.First);
            first.Succeed("authoritative");
            var read = await reading;
            ChangeAt(Point.Between);
            second.Succeed("other");
            ChangeAt(Point.Second);

            (read.Value, read.Side, MigrationStages.NameOf(read.Stage)).Should().Be(("authoritative", authority, from));
            (await MigrationUnderTest.CheckOf(read)).Result.Should().Be(MigrationCheckResult.Different);
            test.Migration.RecentMismatches.Single().Stage.Should().Be(read.Stage);
        }
    }

    [Fact]
    public async Task ThreadsThatReadAndWriteWhileTheStageChangesSeeOneStageEach()
    {
        var (old, @new) = (new GatedSide(), new GatedSide());
        using var test = new MigrationUnderTest("off", options =>
        {
            options.ReadOld = (key, _) => new(old.ValueOf(key));
            options.ReadNew = (key, _) => new(@new.ValueOf(key));
            options.WriteOld = async (key, value, _) => await AcceptAsync(old, key, value);
            options.WriteNew = async (key, value, _) => await AcceptAsync(@new, key, value);
        });
        var writes = new System.Collections.Concurrent.ConcurrentBag<(int Key, MigrationWrite Write)>();

        await Parallel.ForEachAsync(Enumerable.Range(0, 4_000), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, token) =>
        {
            test.Flag.Stage = MigrationStages.NameOf(Stages[i / 7 % Stages.Length]);
            writes.Add((i, await test.WriteAsync(i, "a", token)));
            var read = await test.ReadAsync(i, token);
            (read.Side == read.Stage.Authority()).Should().BeTrue();
            await MigrationUnderTest.CheckOf(read);
        }).WaitAsync(Until.Patience);

        var (ofOld, ofNew) = (old.Accepted.Select(one => one.Key).ToHashSet(), @new.Accepted.Select(one => one.Key).ToHashSet());
        foreach (var (key, write) in writes)
            (ofOld.Contains(key), ofNew.Contains(key)).Should().Be((write.Stage != MigrationStage.Complete, write.Stage != MigrationStage.Off), $"of {write.Stage}");
    }

    private static async ValueTask AcceptAsync(GatedSide side, int key, string value)
    {
        await Task.Yield();
        side.Accept(key, value);
    }
}

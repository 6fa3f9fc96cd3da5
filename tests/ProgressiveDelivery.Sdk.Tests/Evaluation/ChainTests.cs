using System.Diagnostics;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Experiments;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Evaluation;

/// <summary>Flags and segments that depend on others, far deeper than any thread's stack.</summary>
public sealed class ChainTests
{
    private static readonly EvaluationContext User = new("u") { ["a"] = 1 };

    [Fact]
    public void TenThousandPrerequisitesAreEvaluatedOnASmallStack() => OwnThread.WithSmallStack(() =>
    {
        var flags = Some.Snapshot([Some.Flag("f0").When(Some.Equal("a", 1)), .. Enumerable.Range(1, 10_000).Select(i => Some.Flag($"f{i}").Requiring($"f{i - 1}", "on").When(null))]).Open();

        flags.IsEnabled("f10000", User).Should().BeTrue();
        flags.IsEnabled("f10000", new("u")).Should().BeFalse();
        flags.EvaluateBoolean("f10000", new("u")).Reason.Should().Be(EvaluationReason.PrerequisiteFailed);
        flags.Explain("f10000", User).ToString().Should().Contain("f9999");
        return flags;
    });

    [Fact]
    public void TenThousandFlagConditionsAreEvaluatedOnASmallStack() => OwnThread.WithSmallStack(() =>
    {
        var flags = Some.Snapshot([Some.Flag("f0").When(Some.Equal("a", 1)), .. Enumerable.Range(1, 10_000).Select(i => Some.Flag($"f{i}").When(new NotCondition(new FlagCondition { Flag = $"f{i - 1}", Variants = ["on"] })))]).Open();

        flags.IsEnabled("f10000", User).Should().BeTrue();
        flags.IsEnabled("f9999", User).Should().BeFalse();
        return flags;
    });

    [Fact]
    public void TenThousandSegmentsAreEvaluatedOnASmallStack() => OwnThread.WithSmallStack(() =>
    {
        var segments = Enumerable.Range(1, 10_000).Select(i => Some.Segment($"s{i}", new NotCondition(new SegmentCondition($"s{i - 1}"))));
        var flags = (Some.Snapshot(Some.Flag().When(new SegmentCondition("s10000"))) with { Segments = [Some.Segment("s0", Some.Equal("a", 1)), .. segments] }).Open();

        flags.IsEnabled("flag", User).Should().BeTrue();
        flags.IsEnabled("flag", new EvaluationContext("u") { ["a"] = 2 }).Should().BeFalse();
        return flags;
    });

    [Fact]
    public void ConditionsNestedInsideEachOfAChainAreEvaluatedOnASmallStack() => OwnThread.WithSmallStack(() =>
    {
        static ConditionDefinition Nested(ConditionDefinition condition) => Enumerable.Range(0, 127).Aggregate(condition, (inner, _) => new AllCondition([inner]));
        var flags = Some.Snapshot([Some.Flag("f0").When(Some.Equal("a", 1)), .. Enumerable.Range(1, 60).Select(i => Some.Flag($"f{i}").When(Nested(new FlagCondition { Flag = $"f{i - 1}", Variants = ["on"] })))]).Open();

        for (var i = 0; i <= 60; i++)
        {
            flags.IsEnabled($"f{i}", User).Should().BeTrue();
            flags.Explain($"f{i}", User).ToString().Should().NotBeEmpty();
        }

        return flags;
    });

    [Fact]
    public void ConditionsNestedBeyondReasonAreReportedOnASmallStack() => OwnThread.WithSmallStack(() =>
    {
        var nested = Enumerable.Range(0, 10_000).Aggregate(Some.Equal("a", 1), (inner, _) => new NotCondition(inner));

        Some.Snapshot(Some.Flag().When(nested)).Compile().Diagnostics.Should().ContainSingle().Which.Id.Should().Be(DiagnosticId.FlagLimitExceeded);
        return true;
    });

    [Theory]
    [InlineData(20)]
    [InlineData(40)]
    public void LadderOfDiamondsAnswersPromptly(int height)
    {
        var rungs = Enumerable.Range(1, height).SelectMany(i => new[]
        {
            Some.Flag($"l{i}").Requiring($"l{i - 1}", "on").Requiring($"r{i - 1}", "on").When(null),
            Some.Flag($"r{i}").When(new AllCondition([new FlagCondition { Flag = $"l{i - 1}", Variants = ["on"] }, new FlagCondition { Flag = $"r{i - 1}", Variants = ["on"] }])),
        });
        var flags = Some.Snapshot([Some.Flag("l0").When(Some.Equal("a", 1)), Some.Flag("r0").When(null), .. rungs]).Open();
        var clock = Stopwatch.StartNew();

        for (var i = 0; i < 1_000; i++)
            flags.IsEnabled($"l{height}", User).Should().BeTrue();
        flags.IsEnabled($"l{height}", new("u")).Should().BeFalse();
        flags.Explain($"l{height}", User).Steps.Should().NotBeEmpty();

        clock.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void DeepAndShallowEvaluationAgree()
    {
        // The same graph twice: once so shallow that it is evaluated by recursion, once below a chain that forces the other way.
        var random = new Random(7);
        var graph = Enumerable.Range(0, 20).Select(i => Grown(random, i)).ToArray();
        var chain = Enumerable.Range(1, 40).Select(i => Some.Flag($"c{i}").Requiring($"c{i - 1}", "on").When(null));
        var shallow = Some.Snapshot(graph).Open();
        var deep = Some.Snapshot([Some.Flag("c0").When(null), .. chain, .. graph.Select(flag => flag with { Requires = [.. flag.Requires, new() { Flag = "c40", Variants = ["on"] }] })]).Open();
        deep.Rules.Flags[^1].MemoLength.Should().BePositive();

        for (var user = 0; user < 200; user++)
        {
            var context = new EvaluationContext($"u{user}") { ["a"] = user % 3 };
            foreach (var flag in graph)
                deep.EvaluateBoolean(flag.Key, context).ToString().Should().Be(shallow.EvaluateBoolean(flag.Key, context).ToString());
        }
    }

    [Fact]
    public void CyclesAreQuarantinedAndWhatDependsOnOneFailsItsPrerequisite()
    {
        var result = Some.Snapshot(
            Some.Flag("a").Requiring("b", "on").When(null), Some.Flag("b").When(new FlagCondition { Flag = "c", Variants = ["on"] }), Some.Flag("c").Requiring("a", "on").When(null),
            Some.Flag("self").Requiring("self", "on").When(null),
            Some.Flag("user").Requiring("a", "on").When(null), Some.Flag("bystander").When(null));
        var flags = result.Open();

        foreach (var member in new[] { "a", "b", "c", "self" })
            flags.EvaluateBoolean(member, User).Reason.Should().Be(EvaluationReason.Error);
        flags.EvaluateBoolean("user", User).Reason.Should().Be(EvaluationReason.PrerequisiteFailed);
        flags.IsEnabled("bystander", User).Should().BeTrue();
        result.Compile().Diagnostics.Should().HaveCount(4).And.OnlyContain(diagnostic => diagnostic.Id == DiagnosticId.Cycle);
        flags.EvaluateBoolean("a", User).Error.Should().Contain("'a'").And.Contain("→").And.Contain("'b'");
    }

    [Fact]
    public void CycleThroughSegmentsIsFound()
    {
        var snapshot = Some.Snapshot(Some.Flag("flag").When(new SegmentCondition("one")), Some.Flag("user").When(new SegmentCondition("outside"))) with
        {
            Segments = [Some.Segment("one", new SegmentCondition("two")), Some.Segment("two", new FlagCondition { Flag = "flag", Variants = ["on"] }), Some.Segment("outside", new SegmentCondition("one"))],
        };

        var flags = snapshot.Open();

        flags.EvaluateBoolean("flag", User).Reason.Should().Be(EvaluationReason.Error);
        flags.EvaluateBoolean("user", User).Reason.Should().Be(EvaluationReason.Error);
        snapshot.Compile().Diagnostics.Select(diagnostic => diagnostic.Path).Should().Contain(["$.flags['flag']", "$.segments['one']", "$.segments['two']"]);
    }

    [Fact]
    public void CycleThroughWhatTheReaderFoundMalformedIsFound()
    {
        var defect = new SnapshotDiagnostic(DiagnosticId.WrongForm, DiagnosticSeverity.Error, "$", "Something else is wrong.");
        var flags = (Some.Snapshot(
            Some.Flag("one").Requiring("two", "on") with { Defect = defect },
            Some.Flag("two").Requiring("one", "on").When(null),
            Some.Flag("three").When(new SegmentCondition("broken")),
            Some.Flag("four").Requiring("three", "on").When(null),
            Some.Flag("outside").Requiring("two", "on")) with
        {
            Segments = [Some.Segment("broken", new FlagCondition { Flag = "four", Variants = ["on"] }) with { Defect = defect }],
        }).Open();

        flags.EvaluateBoolean("two", User).Reason.Should().Be(EvaluationReason.Error);
        flags.EvaluateBoolean("four", User).Reason.Should().Be(EvaluationReason.Error);
        flags.EvaluateBoolean("outside", User).Reason.Should().Be(EvaluationReason.PrerequisiteFailed);
        flags.EvaluateBoolean("one", User).Error.Should().Be(defect.Message);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(60)]
    public void ExplainingStoresNoAssignmentHoweverDeep(int depth)
    {
        var sticky = Some.Flag("f0") with { Default = Some.Experiment("x", ("on", 1)) with { Sticky = new() { Version = 1 } } };
        var assignments = new AssignmentMemory(10);
        var flags = Some.Snapshot([sticky, .. Enumerable.Range(1, depth).Select(i => Some.Flag($"f{i}").Requiring($"f{i - 1}", "on").When(null))])
            .Open(Some.Services(assignments: assignments));

        flags.Explain($"f{depth}", User).Variant.Should().Be("on");
        assignments.TryGet("x", "u", out _).Should().BeFalse();

        flags.IsEnabled($"f{depth}", User).Should().BeTrue();
        assignments.TryGet("x", "u", out _).Should().BeTrue();
    }

    [Fact]
    public void TimeIsReadWhereItIsReachedThroughOthers()
    {
        var from = Some.Monday.AddDays(1);
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(Some.Monday);
        var flags = (Some.Snapshot(Some.Flag("f0").When(new SegmentCondition("later")), Some.Flag("f1").Requiring("f0", "on").When(null), Some.Flag("plain").When(null)) with
        {
            Segments = [Some.Segment("later", new BetweenCondition { From = from })],
        }).Open(Some.Services(clock));

        flags.IsEnabled("f1", User).Should().BeFalse();
        clock.SetUtcNow(from);
        flags.IsEnabled("f1", User).Should().BeTrue();
        flags.Rules.Flags.Select(flag => flag.DependsOnTime).Should().Equal(true, true, false);
    }

    private static FlagDefinition Grown(Random random, int index)
    {
        var flag = Some.Flag($"g{index}").When(Some.Equal("a", random.Next(3)), Some.Rollout(random.Next(101)));
        for (var i = 0; index > 0 && i < 2; i++)
        {
            var other = $"g{random.Next(index)}";
            string[] variants = random.Next(2) == 0 ? ["on"] : ["off", "on"];
            flag = random.Next(2) == 0 ? flag.Requiring(other, variants) : flag.When(new FlagCondition { Flag = other, Variants = variants });
        }

        return flag;
    }
}

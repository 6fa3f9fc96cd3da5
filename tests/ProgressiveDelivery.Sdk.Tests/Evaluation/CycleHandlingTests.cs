using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;

namespace ProgressiveDelivery.Sdk.Tests.Evaluation;

/// <summary>Flags and segments that depend on themselves, where the definition lets them live until somebody comes round.</summary>
public sealed class CycleHandlingTests
{
    private static readonly EvaluationContext Dutch = new("u") { ["country"] = "NL" };
    private static readonly EvaluationContext Belgian = new("u") { ["country"] = "BE" };
    private static readonly ConditionDefinition IsDutch = Some.Equal("country", "NL");

    [Fact]
    public void EvaluationThatRunsIntoACycleEndsWithAnErrorAndOthersAnswer()
    {
        var snapshot = Open(
            Some.Flag("a").When(IsDutch).When(new FlagCondition { Flag = "b", Variants = ["on"] }),
            Some.Flag("b").When(new FlagCondition { Flag = "a", Variants = ["on"] }),
            Some.Flag("c").When(new FlagCondition { Flag = "b", Variants = ["on"] }));

        Reasons(snapshot, Dutch).Should().Equal(EvaluationReason.RuleMatch, EvaluationReason.RuleMatch, EvaluationReason.RuleMatch);
        Reasons(snapshot, Belgian).Should().Equal(EvaluationReason.Error, EvaluationReason.Error, EvaluationReason.Error);

        static IEnumerable<EvaluationReason> Reasons(Sdk.Snapshots.FeatureSnapshot snapshot, EvaluationContext context) =>
            new[] { "a", "b", "c" }.Select(key => snapshot.EvaluateBoolean(key, context).Reason);
    }

    [Fact]
    public void ExplanationListsTheWay()
    {
        var snapshot = Open(Some.Flag("a").When(new FlagCondition { Flag = "b", Variants = ["on"] }), Some.Flag("b").When(new FlagCondition { Flag = "a", Variants = ["on"] }));

        snapshot.Explain("a", Dutch).Error.Should().Contain("'a' -> 'b' -> 'a'");
        snapshot.Explain("b", Dutch).Error.Should().Contain("'b' -> 'a' -> 'b'");
        snapshot.Explain("a", Dutch).Reason.Should().Be(EvaluationReason.Error);
    }

    [Fact]
    public void PrerequisiteThatComesRoundEndsTheFlag()
    {
        var snapshot = Open(Some.Flag("a").Requiring("b", "on"), Some.Flag("b").Requiring("a", "on"), Some.Flag("self").Requiring("self", "on"), Some.Flag("off").Requiring("off", "on") with { Enabled = false });

        snapshot.EvaluateBoolean("a", Dutch).Reason.Should().Be(EvaluationReason.Error);
        snapshot.EvaluateBoolean("self", Dutch).Reason.Should().Be(EvaluationReason.Error);
        snapshot.EvaluateBoolean("off", Dutch).Reason.Should().Be(EvaluationReason.Off);
    }

    [Fact]
    public void SegmentsThatComeRoundEndTheFlag()
    {
        var snapshot = (Some.Snapshot(Some.Flag("flag").When(new SegmentCondition("one"))) with
        {
            Cycles = CycleHandling.EndFlag,
            Segments = [Some.Segment("one", new AnyCondition([IsDutch, new SegmentCondition("two")])), Some.Segment("two", new SegmentCondition("one"))],
        }).Open();

        snapshot.EvaluateBoolean("flag", Dutch).Reason.Should().Be(EvaluationReason.RuleMatch);
        snapshot.EvaluateBoolean("flag", Belgian).Reason.Should().Be(EvaluationReason.Error);
    }

    [Fact]
    public void CyclesUnderLongChainsAndOverThemAreAnswered()
    {
        List<FlagDefinition> flags = [Some.Flag("a").When(IsDutch).When(new FlagCondition { Flag = "b", Variants = ["on"] }), Some.Flag("b").When(new FlagCondition { Flag = "a", Variants = ["on"] }).When(new FlagCondition { Flag = "low-0", Variants = ["on"] })];
        for (var i = 0; i < 5_000; i++)
        {
            flags.Add(Some.Flag($"high-{i}").When(new FlagCondition { Flag = i == 0 ? "b" : $"high-{i - 1}", Variants = ["on"] }));
            flags.Add(Some.Flag($"low-{i}").When(i == 4_999 ? IsDutch : new FlagCondition { Flag = $"low-{i + 1}", Variants = ["on"] }));
        }

        var snapshot = Open([.. flags]);

        snapshot.IsEnabled("high-4999", Dutch).Should().BeTrue();
        snapshot.EvaluateBoolean("high-4999", Belgian).Reason.Should().Be(EvaluationReason.Error);
        snapshot.EvaluateBoolean("b", Dutch).Value.Should().BeTrue();
    }

    [Fact]
    public void MoreThanCanBeFollowedAreQuarantined()
    {
        var flags = Enumerable.Range(0, 40).Select(i => Some.Flag($"f{i}").When(new FlagCondition { Flag = $"f{(i + 1) % 40}", Variants = ["on"] })).ToArray();

        Open(flags).Explain("f0", Dutch).Error.Should().Contain("f1");
        Open([.. flags.Take(5)]).EvaluateBoolean("f0", Dutch).Reason.Should().Be(EvaluationReason.Default);
    }

    [Theory]
    [InlineData(49, EvaluationReason.RuleMatch)]
    [InlineData(51, EvaluationReason.Error)]
    public void CycleWhoseConditionsAreNestedTooDeepInAllIsQuarantined(int each, EvaluationReason expected)
    {
        var snapshot = Open(
            Some.Flag("a").When(IsDutch).When(Nested("b", each)),
            Some.Flag("b").When(IsDutch).When(Nested("a", each)));

        snapshot.EvaluateBoolean("a", Dutch).Reason.Should().Be(expected);
        snapshot.EvaluateBoolean("b", Dutch).Reason.Should().Be(expected);
        snapshot.EvaluateBoolean("a", Belgian).Reason.Should().Be(EvaluationReason.Error, "it comes round");

        static ConditionDefinition Nested(string flag, int depth) =>
            Enumerable.Range(0, depth).Aggregate((ConditionDefinition)new FlagCondition { Flag = flag, Variants = ["on"] }, (condition, _) => new AllCondition([condition]));
    }

    [Fact]
    public void FlagThatEndsWithItIsNoSounderThanWhatItAsks()
    {
        FlagCondition asks(string key) => new() { Flag = key, Variants = ["on"], EndsWithIt = true };
        var snapshot = Open(
            Some.Flag("ends").When(new AbortCondition("broken")),
            Some.Flag("quarantined").When(null, "no such variant"),
            Some.Flag("one").When(asks("ends")),
            Some.Flag("two").When(asks("quarantined")),
            Some.Flag("three").When(asks("missing")),
            Some.Flag("four").When(new FlagCondition { Flag = "ends", Variants = ["on"] }));

        new[] { "one", "two", "three" }.Should().OnlyContain(key => snapshot.EvaluateBoolean(key, Dutch, false).Reason == EvaluationReason.Error);
        snapshot.EvaluateBoolean("four", Dutch).Reason.Should().Be(EvaluationReason.Default);
    }

    private static Sdk.Snapshots.FeatureSnapshot Open(params FlagDefinition[] flags) => (Some.Snapshot(flags) with { Cycles = CycleHandling.EndFlag }).Open();
}

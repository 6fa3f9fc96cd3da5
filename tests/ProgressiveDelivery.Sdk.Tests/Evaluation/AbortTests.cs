using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;

namespace ProgressiveDelivery.Sdk.Tests.Evaluation;

/// <summary>A part that is malformed ends the flag for whoever comes there, and does no harm to all others.</summary>
public sealed class AbortTests
{
    private static readonly AbortCondition Malformed = new("the reference is empty");
    private static readonly ConditionDefinition IsDutch = Some.Equal("country", "NL");
    private static readonly EvaluationContext Dutch = new("u") { ["country"] = "NL" };
    private static readonly EvaluationContext Belgian = new("u") { ["country"] = "BE" };

    public static TheoryData<ConditionDefinition, bool> Compounds => new()
    {
        { Malformed, true },
        { new NotCondition(Malformed), true },
        { new AllCondition([IsDutch, Malformed]), true },
        { new AllCondition([Malformed, IsDutch]), true },
        { new AllCondition([new NotCondition(IsDutch), Malformed]), false },
        { new AnyCondition([Malformed, IsDutch]), true },
        { new AnyCondition([IsDutch, Malformed]), false },
        { new AnyCondition([new NotCondition(IsDutch), Malformed]), true },
        { new SegmentCondition("malformed"), true },
    };

    [Theory]
    [MemberData(nameof(Compounds))]
    public void WhoeverComesToItEndsTheFlag(ConditionDefinition when, bool ends)
    {
        var snapshot = Some.Snapshot(Some.Flag().When(when).When(null)) with { Segments = [Some.Segment("malformed", Malformed)] };

        var answer = snapshot.Open().EvaluateBoolean("flag", Dutch, fallback: true);

        answer.Reason.Should().Be(ends ? EvaluationReason.Error : EvaluationReason.RuleMatch);
        answer.Value.Should().BeTrue();
        (answer.Error is not null).Should().Be(ends);
        answer.Variant.Should().Be(ends ? null : "on");
    }

    [Fact]
    public void EarlierRuleAnswersAsIfThereWereNone()
    {
        var flag = Some.Flag().When(IsDutch, id: "dutch").When(Malformed, id: "broken");

        flag.Open().EvaluateBoolean("flag", Dutch).Rule.Should().Be("dutch");
        flag.Open().EvaluateBoolean("flag", Belgian).Should().Match<Evaluation<bool>>(answer => answer.Reason == EvaluationReason.Error && answer.Rule == "broken");
    }

    [Fact]
    public void OutcomeThatIsMalformedEndsTheFlag()
    {
        var flag = Some.Flag().When(IsDutch, new AbortOutcome("variation 7 does not exist"));

        flag.Open().EvaluateBoolean("flag", Dutch).Reason.Should().Be(EvaluationReason.Error);
        flag.Open().EvaluateBoolean("flag", Belgian).Reason.Should().Be(EvaluationReason.Default);
        (flag with { Default = new AbortOutcome("none") }).Open().EvaluateBoolean("flag", Belgian).Reason.Should().Be(EvaluationReason.Error);
    }

    [Fact]
    public void ExplanationSaysWhatIsWrong()
    {
        var explanation = Some.Flag().When(Malformed).Open().Explain("flag", Dutch);

        explanation.Error.Should().Be("the reference is empty");
        explanation.Steps.SelectMany(step => step.Steps).Should().Contain(step => step.Detail == "the reference is empty");
    }

    [Fact]
    public void WhoRequiresAFlagThatEndsGetsNoVariantOfIt()
    {
        var snapshot = Some.Snapshot(Some.Flag("parent").When(Malformed) with { Default = "on" }, Some.Flag().When(null).Requiring("parent", "on") with { OffVariant = "off" });

        snapshot.Open().EvaluateBoolean("flag", Dutch).Reason.Should().Be(EvaluationReason.PrerequisiteFailed);
    }
}

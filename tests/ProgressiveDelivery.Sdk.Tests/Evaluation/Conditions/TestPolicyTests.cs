using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Tests.Evaluation.Conditions;

/// <summary>What a test gives for an attribute that is missing or that it cannot judge, alone, negated, and under a not.</summary>
public sealed class TestPolicyTests
{
    private static readonly EvaluationContext Missing = new("u");
    private static readonly EvaluationContext Wrong = new("u") { ["age"] = "old" };
    private static readonly EvaluationContext Young = new("u") { ["age"] = 7 };
    private static readonly AttributeCondition Old = new("age", AttributeOperator.AtLeast, 65);

    [Theory]
    [InlineData(Judgement.Unknown, false, false, false)]
    [InlineData(Judgement.False, false, false, true)]
    [InlineData(Judgement.True, false, true, false)]
    [InlineData(Judgement.False, true, false, true)]
    [InlineData(Judgement.True, true, true, false)]
    public void MissingAndMismatchAreAsTheDefinitionSays(Judgement judgement, bool negate, bool holds, bool holdsUnderNot)
    {
        var missing = Old with { Missing = judgement, Negate = negate };
        var mismatch = Old with { Mismatch = judgement, Negate = negate };

        Holds(missing, Missing).Should().Be(holds);
        Holds(new NotCondition(missing), Missing).Should().Be(holdsUnderNot);
        Holds(mismatch, Wrong).Should().Be(holds);
        Holds(new NotCondition(mismatch), Wrong).Should().Be(holdsUnderNot);
        Holds(missing, Wrong).Should().BeFalse();
    }

    [Fact]
    public void NegateTurnsRoundWhatIsJudged()
    {
        Holds(Old, Young).Should().BeFalse();
        Holds(Old with { Negate = true }, Young).Should().BeTrue();
    }

    [Fact]
    public void OneItemOfAListIsEnough()
    {
        var anyItem = Old with { Dialect = new() { AnyItem = true }, Mismatch = Judgement.False };

        Holds(anyItem, With(AttributeValue.List(7, 70))).Should().BeTrue();
        Holds(anyItem, With(AttributeValue.List(7, "x", default, 8))).Should().BeFalse();
        Holds(anyItem with { Negate = true }, With(AttributeValue.List(7, "x", default, 8))).Should().BeTrue();
        Holds(anyItem with { Negate = true }, With(AttributeValue.List(AttributeValue.List(7)))).Should().BeFalse();
        Holds(Old, With(AttributeValue.List(7, 70))).Should().BeFalse();
    }

    private static EvaluationContext With(AttributeValue age) => new("u") { ["age"] = age };

    private static bool Holds(ConditionDefinition condition, EvaluationContext context) => Some.Flag().When(condition).Open().IsEnabled("flag", context);
}

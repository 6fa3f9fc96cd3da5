using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;

namespace ProgressiveDelivery.Sdk.Tests.Evaluation.Conditions;

/// <summary>What a test gives for an attribute that is missing or that it cannot judge, alone, negated, and under a not.</summary>
public sealed class TestPolicyTests
{
    private static readonly EvaluationContext Missing = new("u");
    private static readonly EvaluationContext Wrong = new("u") { ["age"] = "old" };
    private static readonly EvaluationContext Young = new("u") { ["age"] = 7 };
    private static readonly AttributeCondition Old = new() { Attribute = "age", Operator = AttributeOperator.AtLeast, Operand = 65 };

    [Theory]
    [InlineData(Judgment.Unknown, false, false, false)]
    [InlineData(Judgment.False, false, false, true)]
    [InlineData(Judgment.True, false, true, false)]
    [InlineData(Judgment.False, true, false, true)]
    [InlineData(Judgment.True, true, true, false)]
    public void MissingAndMismatchAreAsTheDefinitionSays(Judgment judgment, bool negate, bool holds, bool holdsUnderNot)
    {
        var missing = Old with { Missing = judgment, Negate = negate };
        var mismatch = Old with { Mismatch = judgment, Negate = negate };

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
        var anyItem = Old with { Dialect = new() { AnyItem = true }, Mismatch = Judgment.False };

        Holds(anyItem, With(AttributeValue.List(7, 70))).Should().BeTrue();
        Holds(anyItem, With(AttributeValue.List(7, "x", default, 8))).Should().BeFalse();
        Holds(anyItem with { Negate = true }, With(AttributeValue.List(7, "x", default, 8))).Should().BeTrue();
        Holds(anyItem with { Negate = true }, With(AttributeValue.List(AttributeValue.List(7)))).Should().BeFalse();
        Holds(Old with { Dialect = new() { AnyItem = true } }, With(AttributeValue.List(7, 70))).Should().BeTrue();
        Holds(Old, With(AttributeValue.List(7, 70))).Should().BeFalse();
    }

    [Fact]
    public void EmptyTextIsMissingWhereTheDialectSaysSo()
    {
        var empty = new AttributeCondition { Attribute = "age", Operator = AttributeOperator.Equals, Operand = "" };
        var emptyIsMissing = empty with { Dialect = new() { EmptyIsMissing = true } };

        Holds(empty, With("")).Should().BeTrue();
        Holds(empty with { Missing = Judgment.False }, With("")).Should().BeTrue();
        Holds(emptyIsMissing, With("")).Should().BeFalse();
        Holds(emptyIsMissing with { Missing = Judgment.True }, With("")).Should().BeTrue();
        Holds(emptyIsMissing with { Operand = "x", Missing = Judgment.True }, With("y")).Should().BeFalse();
    }

    private static EvaluationContext With(AttributeValue age) => new("u") { ["age"] = age };

    private static bool Holds(ConditionDefinition condition, EvaluationContext context) => Some.Flag().When(condition).Open().IsEnabled("flag", context);
}

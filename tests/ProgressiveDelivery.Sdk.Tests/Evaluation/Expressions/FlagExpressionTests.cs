using ProgressiveDelivery.Sdk.Definitions.Translation;

namespace ProgressiveDelivery.Sdk.Tests.Evaluation.Expressions;

/// <summary>Conditions on what another flag serves, seen through an expression.</summary>
public sealed class FlagExpressionTests
{
    private static readonly ExpressionDefinition IsWarm = Formula.Of(ExpressionOperator.Equal, Formula.Variable(""), Formula.Value("warm"));
    private static readonly FlagExpressionCondition Asks = new() { Flag = "colour", Values = [new("red", "warm"), new("blue", "cold")], Expression = IsWarm, Missing = "warm" };

    [Theory]
    [InlineData("red", EvaluationReason.RuleMatch)]
    [InlineData("blue", EvaluationReason.Default)]
    [InlineData("none", EvaluationReason.Error)]
    public void VariantsForWhichTheExpressionHoldsMatch(string variant, EvaluationReason reason)
    {
        var colour = Some.Text("colour", "red", "blue") with { Default = variant };

        Some.Snapshot(colour, Some.Flag().When(Asks)).Open().EvaluateBoolean("flag", new("u")).Reason.Should().Be(reason);
    }

    [Fact]
    public void FlagThatIsMissingIsSeenAsTheDefinitionSays()
    {
        Some.Flag().When(Asks).Open().EvaluateBoolean("flag", new("u")).Reason.Should().Be(EvaluationReason.RuleMatch);
        Some.Flag().When(Asks with { Missing = "cold" }).Open().EvaluateBoolean("flag", new("u")).Reason.Should().Be(EvaluationReason.Default);
    }
}

using ProgressiveDelivery.Sdk.Definitions.Translation;
using static ProgressiveDelivery.Sdk.Tests.Evaluation.Expressions.Formula;

namespace ProgressiveDelivery.Sdk.Tests.Evaluation.Expressions;

/// <summary>Operators that are given fewer or more operands than they have.</summary>
public sealed class OperandCountTests
{
    private static readonly AttributeValue True = true;
    private static readonly AttributeValue False = false;

    [Theory]
    [InlineData(ExpressionOperator.Less, true)]
    [InlineData(ExpressionOperator.AtMost, true)]
    [InlineData(ExpressionOperator.Greater, false)]
    [InlineData(ExpressionOperator.AtLeast, false)]
    public void ThreeOperandsAreAChainOnlyUpwards(ExpressionOperator name, bool isChain)
    {
        var (first, second) = isChain ? (1, 3) : (3, 1);

        Of(name, Value(first), Value(second)).Evaluate().Should().Be(True);
        Of(name, Value(first), Value(second), Value(2)).Evaluate().Should().Be(isChain ? False : True);
        Of(name, Value(first), Value(second), Value(isChain ? 4 : 0), Value(2)).Evaluate().Should().Be(True);
        Of(name, Value(first)).Evaluate().Should().Be(False);
    }

    [Theory]
    [InlineData(ExpressionOperator.Subtract, 7)]
    [InlineData(ExpressionOperator.Divide, 4.5)]
    [InlineData(ExpressionOperator.Remainder, 1)]
    [InlineData(ExpressionOperator.Add, 13)]
    public void ArithmeticOfTwoIgnoresTheThird(ExpressionOperator name, double result)
    {
        Of(name, Value(9), Value(2), Value(2)).Evaluate().TryGetNumber(out var number).Should().BeTrue();
        number.Should().Be(result);
    }

    [Theory]
    [InlineData(ExpressionOperator.Map)]
    [InlineData(ExpressionOperator.Filter)]
    [InlineData(ExpressionOperator.Reduce)]
    [InlineData(ExpressionOperator.All)]
    [InlineData(ExpressionOperator.None)]
    [InlineData(ExpressionOperator.Some)]
    public void LoopWithoutItsOperandsIsOverNothing(ExpressionOperator name)
    {
        var items = Value(AttributeValue.List(1, 2));

        foreach (var loop in new[] { Of(name), Of(name, items), Of(name, items, Value(true)) })
            loop.Invoking(it => it.Evaluate()).Should().NotThrow();
    }

    [Fact]
    public void ListedTextsAreFoundIgnoringCaseOnlyWhereItIsFolded()
    {
        var listed = Value(AttributeValue.List("ada", "grace"));

        Of(ExpressionOperator.In, Value("ADA"), listed).Evaluate().Should().Be(False);
        Of(ExpressionOperator.In, Variable("name"), listed).Evaluate(new("u") { ["name"] = "ADA" }).Should().Be(False);
        Of(ExpressionOperator.In, Of(ExpressionOperator.FoldCase, Variable("name")), listed).Evaluate(new("u") { ["name"] = "ADA" }).Should().Be(True);
    }
}
